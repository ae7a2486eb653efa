"""Names of channels in several languages."""

import pytest

from cs_planning.kpis.channels import channel_kind, is_social, same_channel


@pytest.mark.parametrize(
    "kind, names",
    [
        ("phone", "phone,Phone,TEL,電話,お電話,電話窓口,ｺｰﾙ,Voice,Telefon,Téléphone,전화,电话,Phone queue"),
        ("chat", "chat,Live-Chat,live chat,チャット,有人チャット,ﾁｬｯﾄ,LINE,WhatsApp,Facebook Messenger,公式LINE,채팅,聊天"),
        (
            "email",
            "email,E-mail,e mail,メール,Ｅメール,電子メール,お問い合わせフォーム,Tickets,Courriel,邮件",
        ),
        ("email", "twitter,X (Twitter),Instagram,SNS,ツイッター,口コミ,Facebook"),
        ("self_service", "Self-service,self_service,セルフサービス,ヘルプセンター,FAQ"),
        (None, ",店舗,branch,callbot,mailing campaign"),
    ],
)
def test_a_channel_is_known_by_its_name_in_any_writing(kind, names):
    assert {name: channel_kind(name) for name in names.split(",")} == dict.fromkeys(names.split(","), kind)


def test_names_that_differ_in_writing_only_are_the_same():
    assert same_channel("Live-Chat", "live chat")
    assert not same_channel("chat", "電話")


def test_social_networks_are_known_as_such_and_chats_are_none():
    assert all(map(is_social, ("X", "Twitter", "facebook", "Instagram DM", "SNS", "レビュー", "Social media")))
    assert not any(map(is_social, ("LINE", "WhatsApp", "email", "chat", "", "店舗")))
