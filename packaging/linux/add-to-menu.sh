#!/bin/sh
# 把本程序加入当前用户的开始菜单（不需要管理员权限）。文件夹移动之后请重新执行一次。
set -eu
folder=$(cd "$(dirname "$0")" && pwd)
menu=${XDG_DATA_HOME:-$HOME/.local/share}/applications
mkdir -p "$menu"
# 菜单项中有特殊含义的字符写成原样
icon=$(printf '%s' "$folder" | sed 's/\\/\\\\/g')
program=$(printf '%s' "$folder" | sed 's/[\\"$`]/\\&/g; s/\\/\\\\/g; s/%/%%/g')
cat > "$menu/measures-desk.desktop" <<ENTRY
[Desktop Entry]
Type=Application
Name=惠企措施手册
Name[en]=Measures Desk
Comment=查阅惠企措施，填报责任清单，导出 Excel
Exec="$program/measures-desk"
Icon=$icon/_internal/resources/icon/measures-desk.png
Categories=Office;
Terminal=false
StartupWMClass=measures-desk
ENTRY
echo "已加入开始菜单：$menu/measures-desk.desktop"
