; The installer for Windows: for one user, without an administrator. packaging/windows/installer.py compiles it
; and defines VERSION (1.0.0), FOLDER (what is packed) and OUT (the installer's path).
;
; What users entered lies in %LOCALAPPDATA%\MeasuresDesk, or in workspace\ beside the program; neither an update nor
; the removal touches either. Only what this installer laid is removed.
Unicode true
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma

!include LogicLib.nsh
!include MUI2.nsh
!include WinVer.nsh
!include x64.nsh

!define TITLE "惠企措施手册"
!define KEY "Software\MeasuresDesk"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\MeasuresDesk"

Name "${TITLE}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\MeasuresDesk"
InstallDirRegKey HKCU "${KEY}" "InstallDir"
BrandingText "${TITLE} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${TITLE}安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MulanPSL-2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\measures-desk.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开${TITLE}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; A program that runs keeps its file from being opened for writing.
!macro EndIfRunning
  ${If} ${FileExists} "$INSTDIR\measures-desk.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\measures-desk.exe" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "${TITLE}正在运行，没有改动任何文件。请先退出程序，再重新执行。" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

; All that is laid, and nothing else: workspace\ and what others put there stay.
!macro RemoveProgram
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\随附材料"
  Delete "$INSTDIR\measures-desk.exe"
  Delete "$INSTDIR\measures-desk-console.exe"
  Delete "$INSTDIR\使用说明.txt"
  Delete "$INSTDIR\版本.txt"
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "${TITLE}需要 64 位的 Windows 10（1809）或更高版本，没有安装。" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

Section
  !insertmacro EndIfRunning
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\measures-desk.exe"
  CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\measures-desk.exe"
  WriteRegStr HKCU "${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\measures-desk.exe"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "un."
  !insertmacro EndIfRunning
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only when nothing else is in it
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${KEY}"
  MessageBox MB_OK "${TITLE}已卸载。填写的内容原样保留在 $LOCALAPPDATA\MeasuresDesk（或者程序文件夹的 workspace 中），\
确认不再需要时请自行删除。" /SD IDOK
SectionEnd
