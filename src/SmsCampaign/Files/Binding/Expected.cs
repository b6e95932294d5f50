using System.Text.Json;
using SmsCampaign.Orthography;

namespace SmsCampaign.Files.Binding;

/// <summary>What a setting should have been, to stand after "expected".</summary>
static class Expected
{
    public static readonly Wording Text = new("một đoạn chữ trong nháy kép", "a text in quotation marks");
    public static readonly Wording Secret =
        new("${env:TÊN_BIẾN} hoặc ${file:ĐƯỜNG_DẪN} trong nháy kép", "${env:NAME} or ${file:PATH} in quotation marks");
    public static readonly Wording WholeNumber = new("một số nguyên như 32", "a whole number such as 32");
    public static readonly Wording Number = new("một số như 300", "a number such as 300");
    public static readonly Wording Flag = new("true hoặc false", "true or false");
    public static readonly Wording Duration =
        new(
            "một khoảng thời gian giờ:phút:giây như \"00:00:15\"",
            "a duration hours:minutes:seconds such as \"00:00:15\"");
    public static readonly Wording Section = new("một nhóm khóa trong { }", "a section in { }");
    public static readonly Wording List = new("một danh sách trong [ ]", "a list in [ ]");
    public static readonly Wording Table = new(
        "một bảng \"mã\": giá trị trong { }", "a table of \"code\": value in { }");

    /// <param name="example">Null: any will do.</param>
    public static Wording Address(string? example) => new(
        $"một địa chỉ đầy đủ như \"{example ?? "https://may-chu/duong-dan"}\"",
        $"a full address such as \"{example ?? "https://host/path"}\"");

    public static Wording OneOf(IEnumerable<string> names, string written)
    {
        var keys = names.Select(JsonNamingPolicy.CamelCase.ConvertName).ToList();
        var meant = Spelling.Nearest(written, keys);
        var list = string.Join(", ", keys);
        return new Wording(
            $"một trong: {list}" + (meant is null ? "" : $" (có phải là '{meant}' không?)"),
            $"one of: {list}" + (meant is null ? "" : $" (did you mean '{meant}'?)"));
    }
}
