//! Bodies of other kinds than the help desk's usual ones: other scripts, many marks, references, layout.

/// Bodies of about `size` bytes, each with what is particular about it.
pub fn kinds(size: usize) -> [(&'static str, String); 14] {
    let repeat = |piece: &str| piece.repeat(size.div_ceil(piece.len()));
    let marked = |piece: &str| format!("<p>My ID is <redact>847564</redact>.</p>{}", repeat(piece));
    [
        (
            "German",
            repeat(
                "<p>Ihre Kundennummer lautet <redact>847564</redact>. Für Rückfragen stehen wir gerne bereit; \
                öffnen Sie bitte den Link unten, dort finden Sie die übrigen Möglichkeiten.</p>",
            ),
        ),
        (
            "Russian",
            repeat(
                "<p>Здравствуйте, номер вашего заказа <redact>847564</redact>, проверьте его на сайте.\
                <br>С уважением, служба поддержки</p>",
            ),
        ),
        (
            "Arabic",
            repeat("<p dir=\"rtl\">مرحبا، رقم طلبك هو <redact>847564</redact> يرجى التحقق من حالة التسليم.</p>"),
        ),
        (
            "Hindi, names marked",
            repeat(
                "<p>नमस्ते, मेरा नाम <redact>रमेश कुमार</redact> है और \
                पता <redact>नई दिल्ली</redact> है।</p>",
            ),
        ),
        (
            "Thai, names marked",
            repeat(
                "<p>สวัสดีค่ะ ชื่อ <redact>สมชาย ใจดี</redact> ที่อยู่ \
                <redact>กรุงเทพมหานคร</redact></p>",
            ),
        ),
        (
            "Japanese, names marked",
            repeat(
                "<p>お名前は<redact>山田太郎</redact>様、\
                ご住所は<redact>東京都千代田区丸の内</redact>です。</p>",
            ),
        ),
        (
            "Korean, names marked",
            repeat(
                "<p>주문번호는 <redact>847564</redact> \
                이고 이름은 <redact>홍길동</redact> 입니다.</p>",
            ),
        ),
        ("emoji, marked", repeat("<p>Thanks 👍🏽 so much 😀😀 for <redact>the quick 👩‍👩‍👧 help</redact> 🎉🎉!</p>")),
        (
            "three marks a line",
            repeat(
                "<p>My ID is <redact>847564</redact> and PIN <redact>1234</redact>, \
                call <redact>555 0100</redact>.</p>",
            ),
        ),
        (
            "all in one mark",
            format!(
                "<div><redact>{}</redact></div>",
                repeat(
                    "<p>The customer told us a story of some length here, \
                with <b>bold</b> words.</p>"
                )
            ),
        ),
        (
            "non-breaking spaces",
            repeat(
                "<p>Hello&nbsp;there,&nbsp;&nbsp;my ID is \
                <redact>847564</redact>&nbsp;&amp;&nbsp;regards</p><p>&nbsp;</p>",
            ),
        ),
        (
            "code in pre",
            format!(
                "{}</pre>",
                marked("if (a &lt; b &amp;&amp; c &gt; d) {\n    return &quot;x&quot;;\n}\n")
                    .replacen("</p>", "</p><pre>", 1)
            ),
        ),
        (
            "markup with layout",
            marked("<div>\n    <p>\n        Some text that is\n        wrapped over lines\n    </p>\n</div>\n"),
        ),
        ("one long text", marked("The quick brown fox jumps over the lazy dog. ")),
    ]
}
