using System.Text;
using System.Text.RegularExpressions;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Words;

public sealed partial class GatewayWordsTests
{
    /// <summary>Folders of what notes something of a gateway.</summary>
    static readonly string[] Noting = ["src/SmsCampaign/Carriers", "src/SmsCampaign/Dispatch/Lanes"];

    [Theory]
    [InlineData("", "")]
    [InlineData("code 104", "mã 104")]
    [InlineData("unknown code 77", "mã lạ 77")]
    [InlineData("code (not a code)", "mã không hợp lệ")]
    [InlineData("HTTP 503", "HTTP 503")]
    [InlineData("HTTP 502, code 31", "HTTP 502, mã 31")]
    [InlineData("HTTP 502 with code 31", "HTTP 502, mã 31")]
    [InlineData("HTTP 404: the address is wrong", "HTTP 404: sai địa chỉ")]
    [InlineData("login refused: code 401", "bị từ chối đăng nhập: mã 401")]
    [InlineData("login: HTTP 503", "đăng nhập: HTTP 503")]
    [InlineData(
        "session refused right after the login: HTTP 401, 3 times in a row",
        "phiên bị từ chối ngay sau khi đăng nhập: HTTP 401, 3 lần liền")]
    [InlineData("accepted without an id", "cổng báo đã nhận nhưng thiếu mã tin")]
    [InlineData("result 5 with unknown code 77", "kết quả 5, mã lạ 77")]
    [InlineData("no answer within 15 s", "không có trả lời trong 15 giây")]
    [InlineData("no connection within 2.5 s", "không kết nối được trong 2.5 giây")]
    [InlineData("connection lost: ResponseEnded", "mất kết nối: mã ResponseEnded")]
    [InlineData("InvalidOperationException: Sequence contains no elements", "mã InvalidOperationException")]
    [InlineData("Check Content: MAXLENGTH_LIMIT", "“Check Content: MAXLENGTH_LIMIT”")] // a gateway's own
    public void What_a_gateway_said_is_told_in_the_persons_language_or_quoted(string said, string expected)
    {
        var words = GatewayWords.Of(said);

        Assert.Equal(expected, words.Vi);
        Assert.Equal(said, words.En);
    }

    [Theory]
    [InlineData("a: ")]
    [InlineData("HTTP 502, ")]
    public void Words_of_many_dividers_are_quoted_at_once(string divided)
    {
        var said = string.Concat(Enumerable.Repeat(divided, 60)) + "z";

        // tried in every way it would take longer than anybody lives
        Assert.Equal($"“{said}”", GatewayWords.Of(said).Vi);
    }

    [Theory]
    [InlineData("code 007", "mã 007")]
    [InlineData("code 1E5", "mã 1E5")]
    [InlineData("code MAR1", "mã MAR1")] // a spreadsheet would make a date of it
    [InlineData("HTTP 502, code 77", "HTTP 502, mã 77")]
    [InlineData("HTTP 400, code INVALID_NUMBER", "HTTP 400, mã INVALID_NUMBER")]
    [InlineData("E17", "E17")]
    [InlineData("code of conduct", "code of conduct")] // a gateway's own
    public void A_column_of_codes_has_them_as_they_came(string code, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(code);

        Assert.Equal(expected, Encoding.UTF8.GetString(GatewayWords.Code(bytes, Language.Vietnamese)));
        Assert.Equal(code, Encoding.UTF8.GetString(GatewayWords.Code(bytes, Language.English)));
    }

    [Theory]
    [InlineData("code INVALID_NUMBER", "INVALID_NUMBER")]
    [InlineData("code Undelivered", "Undelivered")]
    [InlineData("code ERR_007", "ERR_007")]
    public void A_word_in_the_place_of_a_code_stands_by_itself(string code, string expected) =>
        Assert.Equal(
            (expected, expected),
            (GatewayWords.Code(code, Language.Vietnamese), GatewayWords.Code(code, Language.English)));

    /// <summary>Found in the source: what an adapter or the dispatcher writes by itself, where it holds a lane or
    /// answers for an account.</summary>
    [Fact]
    public void Whatever_the_program_notes_of_a_gateway_has_Vietnamese_words()
    {
        var sources = Noting.SelectMany(
            folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Select(SourceText.Read)
            .ToList();
        var notes = sources
            .SelectMany(source => Note().Matches(source))
            .Select(match => match.Groups["text"].Value)
            .Distinct()
            .ToList();

        Assert.InRange(notes.Count, 20, 200);
        Assert.All(
            notes,
            note => Assert.True(GatewayWords.AreKnown(Hole().Replace(note, Fill)), $"no Vietnamese words for: {note}"));
    }

    /// <summary>What may stand in a hole: a status, else a code.</summary>
    static string Fill(Match hole) => hole.Value switch
    {
        "{reason}" or "{Reason}" or "{result.Reason}" => "HTTP 404",
        "{why}" => "no answer within 15 s",
        "{(int)answer.Status}" or "{status}" => "503",
        "{NameOf(words)}" or "{NameOf(fault)}" or "{said}" => "unknown code 77",
        "{e.HttpRequestError}" => $"{HttpRequestError.ConnectionError}",
        _ => "99",
    };

    /// <summary>What is uncertain holds its lane where there is enough of it, under its reason. Of an answer that
    /// cannot be read only that is said.</summary>
    [GeneratedRegex(
        """(?:SendResult\.(?:Deferred|TooFast|Busy|Misconfigured)|NotLetIn|NotNow|Unknown|Uncertain)\((?:(?:Messages\.)?Reason\.(?!Unreadable|RepeatedInVain)\w+, )?\$?"(?<text>[^"]+)"(?! *\+)""")]
    private static partial Regex Note();

    [GeneratedRegex(@"\{[^{}]*(\{[^{}]*\}[^{}]*)*\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Hole();
}
