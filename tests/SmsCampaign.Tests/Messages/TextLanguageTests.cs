using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Messages;

public class TextLanguageTests
{
    [Theory]
    [InlineData("Toµn d©n", "TCVN3", "Toàn dân")]
    [InlineData("Bé C«ng an", "TCVN3", "Bộ Công an")]
    [InlineData("Ph\u00ADêng B¾c K¹n", "TCVN3", "Phường Bắc Kạn")]
    [InlineData("Khi ph¸t hiÖn mua b¸n ng\u00ADêi, gäi 111", "TCVN3", "Khi phát hiện mua bán người, gọi 111")]
    [InlineData(
        "§Ò phßng m\u00ADa lò vµ s¹t lë ®Êt, theo dâi VTV", "TCVN3", "Đề phòng mưa lũ và sạt lở đất, theo dõi VTV")]
    [InlineData("«Toµn d©n»", "TCVN3", "«Toàn dân»")]
    [InlineData("Toàn dân gọi C«ng an", "TCVN3", "Công")] // among words that are right
    [InlineData("Toaøn daân", "VNI", "Toàn dân")]
    [InlineData("Ñaék Laék", "VNI", "Đắk Lắk")]
    [InlineData("TOAØN DAÂN PHOØNG CHOÁNG", "VNI", "TOÀN DÂN PHÒNG CHỐNG")]
    [InlineData("Khi phaùt hieän mua baùn ngöôøi, goïi 111", "VNI", "Khi phát hiện mua bán người, gọi 111")]
    [InlineData("Người dân ñöôïc tư vấn", "VNI", "được")]
    [InlineData("tie^'ng Vie^.t", "VIQR", "tiếng Việt")]
    [InlineData("ngýõÌi", "1258", "người")]
    [InlineData("ðýõòc tiÒnh thông báo", "1258", "được tỉnh thông báo")]
    [InlineData("Bá»™ CÃ´ng an", "1252", "Bộ Công an")]
    [InlineData("Ã„â€˜", "1252", "đ")]
    [InlineData("Toàn dân gá»i CÃ´ng an", "1252", null)] // one byte lost
    [InlineData("ngÆ°á»i", "1252", null)]
    [InlineData("Tá»\u0095ng đài", "1252", "Tổng đài")]
    [InlineData("tá»‰nh, sở", "1252", "tỉnh, sở")]
    [InlineData("tĂ¬nh hĂ¬nh", "1252", "tình hình")]
    public void A_text_in_an_old_encoding_is_refused_once_and_offered_mended(
        string written, string encoding, string? mended)
    {
        var problem = Assert.Single(TextCheck.Check(written), problem => problem.Severity == Severity.Error);

        Assert.Contains(encoding, problem.What.Vi, StringComparison.Ordinal);
        if (mended is null)
            Assert.Contains("đã mất", problem.What.Vi, StringComparison.Ordinal);
        else
            Assert.Contains($"“{mended}”", problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void One_word_in_an_old_encoding_makes_none_of_the_others()
    {
        var problems = TextCheck.Check("Müller, Björn, Åsa, Büchner, b¸o")
            .Where(problem => problem.Severity == Severity.Error)
            .ToList();

        Assert.Contains(
            problems,
            problem => problem.What.Vi.Contains("“ü” không phải chữ của tiếng Việt", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.What.Vi.Contains("Có lẽ là: “báo”", StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_in_VPS_is_refused_without_an_offer()
    {
        // Its letters stand where those of other encodings do, so that a word of it is often none of them mended.
        var problem = Assert.Single(
            TextCheck.Check("M†i ngÜ©i dân phòng chÓng mua bán ngÜ©i ÇÜ®c b¶ trª"),
            problem => problem.Severity == Severity.Error);

        Assert.StartsWith(
            "Chữ gõ bằng bảng mã VPS, dán vào đây thành ký tự khác: máy điện thoại sẽ hiện sai. Hãy chuyển mã",
            problem.What.Vi,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ngƣời", "vi", "ư")]
    [InlineData("Ƣớc", "vi", "Ư")]
    [InlineData("tǎng cường", "vi", "ă")]
    [InlineData("nǔ", "vi", "ŭ?")]
    [InlineData("España", "vi", null)]
    [InlineData("Kính gửi ông Müller", "vi", null)]
    [InlineData("Ðắk Lắk", "vi", "Đ")]
    [InlineData("Ƀuôn", "vi", null)]
    [InlineData("tın", "vi", "i")]
    [InlineData("thông ﬁ", "vi", "fi")]
    [InlineData("Gọi 好", "vi", null)]
    [InlineData("lǐ", "rad", "ĭ")]
    [InlineData("thŭ", "tyz", null)]
    [InlineData("thŭ", "nut", null)]
    [InlineData("Ñ", "mng", null)]
    [InlineData("ñ", "mww", null)]
    [InlineData("a\u200Bb", "vi", null)]
    public void A_letter_that_the_language_has_not_is_refused(string written, string language, string? meant)
    {
        var problem = Assert.Single(TextCheck.Check(written, language), problem => problem.Severity == Severity.Error);

        if (meant is not null && !meant.EndsWith('?'))
            Assert.Contains(meant, problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{uôn R^t", "Ƀuôn Rĭt")]
    [InlineData("[uôn thu\\n", "ƀuôn thŭn")]
    [InlineData("ke# mơ\\", "kê\u0306 mơ\u0306")]
    public void Signs_that_stand_for_letters_in_fonts_of_the_highlands_are_refused(string written, string mended)
    {
        var problem = Assert.Single(TextCheck.Check(written, "rad"), problem => problem.Severity == Severity.Error);

        Assert.Contains($"“{mended}”", problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ƀuôn Ama Thuột, kê\u0306č, čŏng, ñu, hlŏng", "rad")]
    [InlineData("Buôn [Đôn] mâo 30/7", "rad")]
    [InlineData("Ơ\u0306 ƀing gơ\u0306", "jra")]
    [InlineData("ƀon bu nuyh ŭch", "mnn")]
    [InlineData("gàr mờ ñơm", "kpm")]
    [InlineData("Nyob zoo", "mww")]
    [InlineData("Tềnh cần phòng, chống", "tyz")]
    [InlineData("ក\u200Bខ ក្នុង", "km")]
    [InlineData("Dial 111 for help in Đắk Lắk", "en")]
    [InlineData("Café déjà vu", "fr")]
    public void A_text_in_the_letters_of_its_language_passes(string written, string language) =>
        Assert.DoesNotContain(TextCheck.Check(written, language), IsOfLetters);

    [Theory]
    [InlineData("cma", "tiếng Mạ")]
    [InlineData("cje", "tiếng Chu Ru")]
    [InlineData("cjm-Latn", "tiếng Chăm viết bằng chữ La-tinh")]
    [InlineData("twh", "tiếng Thái trắng")]
    [InlineData("lo", "ngôn ngữ 'lo'")]
    [InlineData("rad", null)]
    [InlineData("vi-VN", null)]
    [InlineData("cjm-Cham", null)]
    [InlineData("en", null)]
    public void What_is_not_checked_for_want_of_a_table_is_said(string language, string? name)
    {
        var said = TextCheck.WhatIsUnchecked(language)?.Vi;

        Assert.Equal(
            name is not null,
            said?.StartsWith($"Chưa có bảng chữ cái của {name}: chỉ kiểm tra ký tự hỏng", StringComparison.Ordinal)
                ?? false);
    }

    [Fact]
    public void A_text_longer_than_any_message_is_not_looked_through()
    {
        // each word would be sought anew in all of it
        var problem = Assert.Single(TextCheck.Check(string.Concat(Enumerable.Repeat("phep.", 200_000))));

        Assert.Equal(Severity.Error, problem.Severity);
        Assert.StartsWith(
            "Nội dung dài 1.000.000 ký tự, không tin nhắn nào gửi được quá 39.015.",
            problem.What.Vi,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Vietnamese_within_another_language_is_asked_about()
    {
        var problem = Assert.Single(TextCheck.Check("ƀuôn được hlŏng, Đặng Thị được", "rad"));

        Assert.Equal(Severity.Warning, problem.Severity);
        Assert.StartsWith(
            "“được”: có chữ của tiếng Việt, không có trong chữ viết tiếng Ê Đê.",
            problem.What.Vi,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("“THỊ XÃ” «THỊ XÃ» “XÔ” “ĐÃ” CHÂU Á «…cá»")]
    [InlineData(
        "hoà hòa lý lí quý giếng khuỷu xoong huỳnh thuở oẳn quốc ngoằn ngoèo gì gìn gỉ giặc nghiêng "
        + "khuya yêu uống kỹ thuỷ thủy")]
    [InlineData(
        "Krông Ana, Ea Bung, UBND, Y Wang Mlô, H'Mông, Ea H'leo, Cư M'gar, Pleiku, Đắk Lắk, "
        + "Krông Pắc, Kon Plông, Chư Păh")]
    [InlineData("Tổng đại")]
    [InlineData("Người dân chat để hỏi, mở net tìm hiểu, bấm chọn mic thoại")]
    [InlineData("Sông s'rêpốk, địa chỉ ip của máy, giải world cup tour của tỉnh, buôn Kdrêl")]
    [InlineData("Phó Linh")]
    [InlineData(
        "Gọi 111 hoặc 0262.3852852, Zalo: https://zalo.me/tổngđài, email: cổng@daklak.gov.vn, video, SMS, "
        + "chat Zalo, internet, website")]
    [InlineData("Nồng độ bụi 50 µm, sốt trên 37°C, lều 4 m², giá 20.000đ/tin, 100.000 ₫, 25% ôtô")]
    [InlineData("ki-lô-mét, ra-đi-ô, Nô-en, ôxy, cácbon, vắcxin; TP.HCM, Q.1, đ/c Nguyễn Văn A, đt 111")]
    public void What_is_right_is_left_alone(string written) =>
        Assert.DoesNotContain(TextCheck.Check(written), IsOfLetters);

    [Theory]
    [InlineData("nghành", "ngành")]
    [InlineData("quýêt", "quyết")]
    [InlineData("truờng", "trường")]
    [InlineData("đựơc", "được")]
    [InlineData("gìa", "già")]
    [InlineData("nguời", "người")]
    [InlineData("kêu ghọi", "gọi")]
    [InlineData("kách", "cách")]
    public void A_word_that_cannot_be_is_a_warning(string written, string meant)
    {
        var problem = Assert.Single(TextCheck.Check(written));

        Assert.Equal(Severity.Warning, problem.Severity);
        Assert.Contains($"“{meant}”", problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_word_that_cannot_be_is_told_of_once_where_it_stands()
    {
        var problems = TextCheck.Check("nghành quýêt truờng đựơc phep gìa nghành");

        Assert.Equal([1, 8, 14, 21, 26, 31], problems.Select(problem => problem.Position));
        Assert.All(problems, problem => Assert.Equal(Severity.Warning, problem.Severity));
    }

    [Theory]
    [InlineData("sốt trên 37°C", "37 do C")]
    [InlineData("lều 4 m² trên đê", "m2")]
    [InlineData("trả ½ tiền", "1/2")]
    [InlineData("đi → gọi 111", "->")]
    public void What_keeps_a_text_without_diacritics_in_Unicode_is_refused_with_what_to_write(
        string written,
        string instead)
    {
        var problem = Assert.Single(UnaccentedCheck.Check(written));

        Assert.Equal(Severity.Error, problem.Severity);
        Assert.Contains($"“{instead}”", problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_part_counts_are_told()
    {
        var problem = Assert.Single(
            UnaccentedCheck.Check($"sốt trên 37°C {string.Concat(Enumerable.Repeat("gọi ", 15))}"));

        Assert.Contains("còn 1 phần thay vì 2", problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("“a” – b…")]
    [InlineData("Toàn dân tích cực, gọi «111»")]
    public void What_has_a_form_on_a_keyboard_costs_nothing(string written) =>
        Assert.Empty(UnaccentedCheck.Check(written));

    // What some gateways refuse and what costs is told of other texts.
    static bool IsOfLetters(TextProblem problem) =>
        !problem.What.En.Contains("gateways refuse", StringComparison.Ordinal)
            && !problem.What.En.Contains("otherwise plain", StringComparison.Ordinal) && problem.CodePoint != "U+20AB";
}
