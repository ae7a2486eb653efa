"""What exports call their channels, in several languages, and what kind of waiting stands behind each name.

An import keeps a channel's name as it was written; whoever has to know whether it rings, chats or is worked off asks here.
"""

from __future__ import annotations

import re
import unicodedata

_SOCIAL = (
    *("social", "social media", "social network", "sns", "x", "twitter", "x twitter", "twitter x", "twitter dm", "facebook"),
    *("instagram", "linkedin", "tiktok", "youtube", "bluesky", "threads", "mastodon", "reddit", "trustpilot", "google reviews"),
    *("reviews", "app store", "app reviews", "facebook comments", "facebook posts", "instagram dm", "instagram comments"),
    *(
        "ソーシャル",
        "ソーシャルメディア",
        "エックス",
        "ツイッター",
        "フェイスブック",
        "インスタグラム",
        "インスタ",
        "口コミ",
        "レビュー",
    ),
    *("réseaux sociaux", "redes sociales", "soziale medien", "社交媒体", "소셜 미디어"),
)
"""Networks and reviews where a contact is worked off as an e-mail is; those that chat (LINE, WhatsApp, Messenger) are chats."""

_NAMES: dict[str, tuple[str, ...]] = {
    "phone": (
        *(
            "phone",
            "telephone",
            "tel",
            "voice",
            "call",
            "calls",
            "call center",
            "call centre",
            "inbound",
            "hotline",
            "phone call",
            "phone calls",
            "toll free",
        ),
        *(
            "電話",
            "お電話",
            "電話窓口",
            "電話受付",
            "入電",
            "受電",
            "着信",
            "コール",
            "コールセンター",
            "音声",
            "通話",
            "音声通話",
            "フリーダイヤル",
        ),
        *("telefon", "anruf", "anrufe", "téléphone", "appel", "appels", "teléfono", "llamada", "llamadas", "telefono"),
        *("telefone", "telefoon", "телефон", "звонок", "전화", "电话", "電話"),
    ),
    "chat": (
        *("chat", "chats", "live chat", "web chat", "messaging", "messenger", "line", "whatsapp", "sms"),
        *(
            "facebook messenger",
            "telegram",
            "wechat",
            "kakaotalk",
            "apple messages",
            "line公式アカウント",
            "line公式",
            "公式line",
        ),
        *("チャット", "ライブチャット", "有人チャット", "ウェブチャット", "メッセージ", "メッセンジャー", "ライン"),
        *("chat en direct", "tchat", "чат", "채팅", "聊天", "在线客服", "線上客服"),
    ),
    "email": (
        *("email", "emails", "mail", "mails", "ticket", "tickets", "web form", "form", "contact form", "web"),
        *(
            "メール",
            "eメール",
            "電子メール",
            "フォーム",
            "お問い合わせフォーム",
            "問い合わせフォーム",
            "問合せフォーム",
            "お問合せフォーム",
            "webフォーム",
            "ウェブフォーム",
            "チケット",
            "ウェブ",
            "書面",
        ),
        *_SOCIAL,
        *("courriel", "courrier électronique", "correo", "correo electrónico", "электронная почта", "почта", "이메일", "메일"),
        *("邮件", "电子邮件", "郵件", "電子郵件"),
    ),
    "self_service": (
        *("self service", "portal", "help center", "help centre", "faq", "knowledge base"),
        *("セルフサービス", "自己解決", "ヘルプセンター", "ヘルプページ", "ポータル", "よくある質問", "faqページ"),
        *("libre service", "autoservicio", "自助服务", "셀프서비스"),
    ),
}
_SEPARATORS = re.compile(r"[\s_\-‐–・/()\[\]]+")
_SUFFIXES = re.compile(
    r"(?: (?:channel|queue|line|support|desk)|チャネル|窓口|対応|受付|(?:での|の|から)?お?問い?合わ?せ|サポート|\.)$"
)


def _plain(name: str) -> str:
    return _SEPARATORS.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()


_KINDS = {_plain(name).replace(" ", ""): kind for kind, names in _NAMES.items() for name in names}

_SOCIAL_KEYS = frozenset(_plain(name).replace(" ", "") for name in _SOCIAL)


def channel_kind(name: str) -> str | None:
    """How contacts of a channel of this name wait: `phone`, `chat`, `email` (worked off) or `self_service`; None if unknown.

    Args:
        name: as an export writes it, in any case and width, with or without spaces and hyphens.
    """
    plain = _plain(name)
    for tried in (plain, _SUFFIXES.sub("", plain)):
        found = _KINDS.get(tried.replace(" ", ""))
        if found is not None:
            return found
    return None


def is_social(name: str) -> bool:
    """Whether a channel of this name is a social network or a place of reviews, which keeps its name among the channels."""
    plain = _plain(name)
    return any(tried.replace(" ", "") in _SOCIAL_KEYS for tried in (plain, _SUFFIXES.sub("", plain)))


def same_channel(one: str, other: str) -> bool:
    """Whether two names are the same but for case, width, spaces and hyphens."""
    return _plain(one) == _plain(other)
