using SmsCampaign.Orders;

namespace SmsCampaign.Tests.Orders;

/// <summary>The areas of a carrier's table beside those of its letter.</summary>
public sealed class AreaQuestionsTests
{
    static readonly OrderAudience Asked =
        new(["tỉnh Đắk Lắk", "tỉnh Lâm Đồng"], ["prepaid", "postpaid"], "registered", [], 1000);

    [Theory]
    [InlineData("tỉnh Đắk Lắk", "tỉnh Lâm Đồng")]
    [InlineData("Đắk Lắk", "LÂM ĐỒNG (*)")]
    [InlineData("T\u1EC9nh  \u0110\u1EAFk L\u0103\u0301k", "Lam Dong")] // composed otherwise; no diacritics
    public void Areas_that_were_asked_for_are_the_same_however_they_are_written(string one, string other) =>
        Assert.Empty(Ask(Row(one), Row(other)));

    [Fact]
    public void An_area_that_was_never_asked_for_is_asked_about()
    {
        var asked = Assert.Single(Ask(Row("Đắk Lắk"), Row("Lâm Đồng"), Row("Kon Tum"), Row("Kon Tum", "Trả sau")));

        Assert.Contains("không thuộc công văn: 'Kon Tum' (công văn", asked, StringComparison.Ordinal);
    }

    [Fact]
    public void An_area_that_was_asked_for_and_is_not_there_is_asked_about() =>
        Assert.Contains("thiếu địa bàn hoặc loại thuê bao của công văn: 'tỉnh Lâm Đồng';", Assert.Single(
            Ask(Row("Đắk Lắk"))), StringComparison.Ordinal);

    [Fact]
    public void So_is_a_class_of_an_area() =>
        Assert.Contains("'tỉnh Lâm Đồng' (trả sau);", Assert.Single(Ask(
            Row("Đắk Lắk", "Trả trước"), Row("Đắk Lắk", "Trả sau"), Row("Lâm Đồng", "TT"))), StringComparison.Ordinal);

    [Fact]
    public void Of_a_table_by_other_areas_only_those_are_asked_about() =>
        Assert.Contains("'Xã Ea Bung', 'phường Tân An'", Assert.Single(
            Ask(Row("Xã Ea Bung"), Row("phường Tân An"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("thị xã Buôn Hồ", "phường Buôn Hồ", false)]
    [InlineData("TP. Huế", "thành phố Huế", true)]
    [InlineData("Tân An", "phường Tân An", true)]
    public void A_kind_tells_areas_of_one_name_apart_where_both_say_it(string one, string other, bool isSame) =>
        Assert.Equal(isSame, AreaName.Of(one).IsSame(AreaName.Of(other)));

    static List<string> Ask(params ResultRow[] rows) =>
        [.. AreaQuestions.Find(new CarrierResult { Rows = rows }, Asked).Select(each => each.Vi)];

    static ResultRow Row(string area, string? subscribers = null) => new(3, area, subscribers) { Sent = 1 };
}
