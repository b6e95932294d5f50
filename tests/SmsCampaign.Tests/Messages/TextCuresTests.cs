using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Messages;

public class TextCuresTests
{
    [Theory]
    [InlineData("Bộ Công an & Bộ Y tế, số 111&113", "U+0026", "Bộ Công an và Bộ Y tế, số 111 và 113", 2)]
    [InlineData("Giảm 50% số vụ mua bán người", "U+0025", "Giảm 50 phần trăm số vụ mua bán người", 1)]
    [InlineData("Gọi [111] ngay", "U+005B", "Gọi (111] ngay", 1)]
    [InlineData("Gọi\t111 ngay", "U+0009", "Gọi 111 ngay", 1)]
    [InlineData("Gọi\u00A0 111 ngay", "U+00A0", "Gọi 111 ngay", 1)]
    [InlineData("Gọi\u200B 111 ngay", "U+200B", "Gọi 111 ngay", 1)]
    [InlineData("Gọi ☎\uFE0F 111 ngay", "U+260E", "Gọi 111 ngay", 1)]
    [InlineData("Quy\u04C3t tâm chặn mua bán người", "U+04C3 ế", "Quyết tâm chặn mua bán người", 1)]
    [InlineData("Quy\u04C3t tâm chặn mua bán người", "U+04C3 K", "QuyKt tâm chặn mua bán người", 1)]
    [InlineData("Gọi ngay  111  nếu nghi ngờ", "spaces", "Gọi ngay 111 nếu nghi ngờ", 2)]
    [InlineData("Canh giac viec nhe luong cao – goi 111", "U+2013", "Canh giac viec nhe luong cao - goi 111", 1)]
    public void Every_place_is_mended_and_no_space_is_left_too_many(
        string written, string key, string mended, int places)
    {
        var cure = Assert.Single(TextCures.Of(written), cure => cure.Key == key);

        Assert.Equal(places, cure.Places);
        Assert.Equal(mended, TextCures.Apply(written, key));
        Assert.Null(TextCures.Apply(mended, key));
    }

    [Theory]
    [InlineData("Toàn dân tích cực tham gia phòng, chống mua bán người. Gọi 111.", "vi")]
    [InlineData("\uFFFDhòng, chống mua bán người", "vi")]
    [InlineData("Ƀa\u0323 Ƀon # \"111\"", "vi")]
    public void Nothing_is_offered_where_nothing_is_wrong_or_only_a_person_can_tell(string written, string language) =>
        Assert.Empty(TextCures.Of(written, language));

    [Theory]
    [InlineData("Toàn dân\ntham gia phòng, chống mua bán người")]
    [InlineData("Gọi 111 để được giúp đỡ, không được để chậm trễ; đựơc tư vấn")]
    [InlineData("Xem https://vi-du.vn/a?b=1&c=50%25 để biết thêm về phòng, chống mua bán người")]
    [InlineData("Nhiệt độ 40℃ của Sở Khoa học và Công nghệ")]
    public void A_line_a_passage_an_address_and_a_unit_are_left_as_they_are(string written) =>
        Assert.Empty(TextCures.Of(written));

    [Fact]
    public void Of_two_spaces_no_more_than_those_are_mended() =>
        Assert.Equal(["spaces"], TextCures.Of("Gọi ngay  111 nếu nghi ngờ").Select(cure => cure.Key));

    [Fact]
    public void A_word_of_Vietnamese_is_put_into_no_other_language()
    {
        Assert.DoesNotContain(TextCures.Of("Call 111 & 113", "en"), cure => cure.Key == "U+0026");
        Assert.Contains(TextCures.Of("Gọi 111 & 113"), cure => cure.Key == "U+0026");
    }

    [Fact]
    public void What_was_not_offered_is_not_put()
    {
        Assert.Null(TextCures.Apply("Gọi 111", "U+0031"));
        Assert.Null(TextCures.Apply("Gọi & 111", "U+0026 không"));
    }

    [Theory]
    [InlineData("U+0026", "“&”", " và ", "Thay “&” bằng “và”", "Put 'và' for “&”")]
    [InlineData("U+200B", "U+200B", "", "Xóa U+200B", "Delete U+200B")]
    [InlineData("U+0009", "U+0009", " ", "Thay U+0009 bằng dấu cách", "Put a space for U+0009")]
    [InlineData("U+2028", "U+2028", "\n", "Thay U+2028 bằng xuống dòng", "Put a line break for U+2028")]
    public void A_cure_says_what_it_does(string key, string shown, string instead, string vi, string en)
    {
        var what = new TextCure(key, shown, instead, 1).What;

        Assert.Equal(vi, what.In(Language.Vietnamese));
        Assert.Equal(en, what.In(Language.English));
    }
}
