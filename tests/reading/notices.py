"""Invented notices in the forms that real ones have: towns, units and sentences are made up."""

from __future__ import annotations

TITLE = "云溪市支持小微企业稳定发展若干措施"
PREAMBLE = "为支持小微企业稳定发展，优化营商环境，结合我市实际，制定以下措施。"
LETTER = (
    "云溪市人民政府办公室关于印发《云溪市支持小微企业稳定发展若干措施》的通知\n"
    "云政办发〔2031〕5号\n"
    "各县区人民政府，市政府各部门：\n"
    "《云溪市支持小微企业稳定发展若干措施》已经市政府同意，现印发给你们，请认真贯彻落实。\n"
    "云溪市人民政府办公室\n"
    "2031年3月4日\n"
)
CLOSING = "本措施自印发之日起施行，有效期至2033年12月31日。\n"

CONTINUING = (
    f"{LETTER}{TITLE}\n{PREAMBLE}\n"
    "一、降低成本\n"
    "1.减免租金。对承租国有房产的小微企业，免收两个月租金。（责任单位：市国资委、市财政局）\n"
    "2.缓缴水费。对暂时困难的企业，缓缴水费三个月，缴费率不低于95.5%。（责任单位：市水务局）\n"
    "二、扩大融资\n"
    "3.发放贴息。对新增贷款按1.5%贴息，最高20万元。（责任单位：市财政局、市金融局）\n"
    "4.开展担保。担保费率降至1%以下。（责任单位：市金融局）\n"
    f"{CLOSING}"
)
"""一、 holds 1. 2., and the numbers go on from category to category."""
