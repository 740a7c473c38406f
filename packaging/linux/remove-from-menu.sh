#!/bin/sh
# 把本程序从当前用户的开始菜单中移除。程序和填写的内容不受影响。
set -eu
entry=${XDG_DATA_HOME:-$HOME/.local/share}/applications/measures-desk.desktop
if [ -e "$entry" ]; then
    rm "$entry"
    echo "已从开始菜单移除：$entry"
else
    echo "开始菜单中没有本程序，没有改动。"
fi
