using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace SmsCampaign.Words;

/// <summary>
/// What a gateway answered, or what the program noted of it for its log, for a person: codes by their number, the
/// program's own notes in the person's language, and what a gateway says in words as a quotation.
/// </summary>
public static partial class GatewayWords
{
    /// <summary>What adapters and the dispatcher note, in Vietnamese. A note that is not here is quoted.</summary>
    static readonly FrozenDictionary<string, string> Notes = new Dictionary<string, string>
    {
        ["login"] = "đăng nhập",
        ["login refused"] = "bị từ chối đăng nhập",
        ["session refused right after the login"] = "phiên bị từ chối ngay sau khi đăng nhập",
        ["the session is over"] = "phiên đã hết",
        ["the account is not let in"] = "cổng nhắn tin từ chối đăng nhập",
        ["the account has no money"] = "tài khoản hết tiền",
        ["the address has moved"] = "địa chỉ đã chuyển nơi khác",
        ["the address is wrong"] = "sai địa chỉ",
        ["the token or the address is wrong"] = "sai mã truy cập hoặc địa chỉ",
        ["the text fits no template"] = "nội dung không khớp mẫu tin nào đã đăng ký",
        ["an answer without a status"] = "trả lời thiếu trạng thái",
        ["an answer without a session"] = "trả lời thiếu mã phiên",
        ["no readable answer"] = "trả lời không đọc được",
        ["a success without readable JSON"] = "trả lời không đọc được",
        ["a success without a readable answer"] = "trả lời không đọc được",
        ["a success without a status"] = "trả lời thiếu trạng thái",
        ["a success without a code"] = "trả lời thiếu mã",
        ["a success without a status and a code"] = "trả lời thiếu trạng thái và mã",
        ["a success without a list of results"] = "trả lời thiếu danh sách kết quả",
        ["accepted without an id"] = "cổng báo đã nhận nhưng thiếu mã tin",
        ["accepted without ids"] = "cổng báo đã nhận nhưng thiếu mã tin",
        ["accepted without the id of a part"] = "cổng báo đã nhận nhưng thiếu mã của một phần tin",
        ["accepted under ids that are too long or too many"] = "cổng báo đã nhận nhưng mã tin quá dài hoặc quá nhiều",
        ["repeat refused"] = "gửi lại thì bị từ chối",
        ["no message"] = "không kèm lời",
        ["fault"] = "lỗi",
        ["stopped before the answer came"] = "dừng trước khi có trả lời",
        ["not handed over"] = "chưa chuyển đi",
        ["no connection"] = "không kết nối được",
        ["connection lost"] = "mất kết nối",
        ["certificate not trusted"] = "chứng chỉ của cổng nhắn tin không được tin cậy",
        ["it is over, or the machine's clock is wrong"] = "đã hết hạn, hoặc đồng hồ máy này sai",
        ["it is of another host"] = "cấp cho máy chủ khác",
        ["it was revoked"] = "đã bị thu hồi",
        ["none was shown"] = "cổng không đưa ra chứng chỉ",
        ["who issued it is not known to this machine"] = "máy này không biết nơi cấp",
        ["(not a code)"] = "không hợp lệ",
        ["redirected"] = "chuyển hướng",
        ["without meaning"] = "không rõ nghĩa",
    }.ToFrozenDictionary();

    /// <param name="said">A result's reason or code. English, without a secret; empty where nothing was said.</param>
    public static Wording Of(string said) => new(InVietnamese(said) ?? $"“{said}”", said);

    /// <summary>Whether all of it is the program's own or a code, so that nothing is quoted.</summary>
    internal static bool AreKnown(string said) => InVietnamese(said) is not null;

    /// <summary>A code for a column of codes: as it came but for the word before it, which keeps the zeros of a 007
    /// from a spreadsheet. Before what is itself a word (INVALID_NUMBER) there is none.</summary>
    public static ReadOnlySpan<byte> Code(ReadOnlySpan<byte> code, Language language) =>
        code.IndexOf("code "u8) >= 0 ? Encoding.UTF8.GetBytes(Code(Encoding.UTF8.GetString(code), language)) : code;

    /// <inheritdoc cref="Code(ReadOnlySpan{byte}, Language)"/>
    public static string Code(string code, Language language) =>
        WordAsCode().Match(code) is { Success: true } word ? word.Groups["word"].Value
        : language == Language.English ? code
        : InVietnamese(code) ?? code;

    /// <returns>Null where some of it must be quoted.</returns>
    static string? InVietnamese(string said)
    {
        if (One(said) is { } one)
            return one;

        // From the front, each note by itself: a gateway's own words may have a divider at every third letter.
        foreach (Match divider in Divider().Matches(said))
        {
            if (One(said[..divider.Index]) is { } first
                && InVietnamese(said[(divider.Index + divider.Length)..]) is { } then)
                return $"{first}{(divider.Value == ": " ? ": " : ", ")}{then}";
        }

        return null;
    }

    /// <summary>The same of what is not made of several.</summary>
    static string? One(string said)
    {
        if (said.Length == 0 || HttpStatus().IsMatch(said))
            return said;
        if (Notes.TryGetValue(said, out var known))
            return known;
        if (Code().Match(said) is { Success: true } code)
            return $"{(code.Groups["unknown"].Success ? "mã lạ" : "mã")} "
                + $"{Notes.GetValueOrDefault(code.Groups["code"].Value, code.Groups["code"].Value)}";
        if (Within().Match(said) is { Success: true } within)
            return $"{(said[3] == 'a' ? "không có trả lời" : "không kết nối được")} trong "
                + $"{within.Groups["seconds"].Value} giây";
        if (Times().Match(said) is { Success: true } times)
            return $"{times.Groups["times"].Value} lần liền";
        if (Result().Match(said) is { Success: true } result)
            return $"kết quả {result.Groups["number"].Value}";
        if (Fault().Match(said) is { Success: true } fault)
            return $"mã {fault.Groups["type"].Value}";

        return null;
    }

    [GeneratedRegex(@"\AHTTP [1-5][0-9][0-9]\z")]
    private static partial Regex HttpStatus();

    [GeneratedRegex(@"\A(?<unknown>unknown )?code (?<code>\S{1,80}|\(not a code\))\z")]
    private static partial Regex Code();

    /// <summary>Letters alone, or with an underscore: no spreadsheet makes a number or a date of it.</summary>
    [GeneratedRegex(@"\Acode (?<word>[A-Za-z]{2,}|[A-Za-z]\w*_\w*)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex WordAsCode();

    [GeneratedRegex(@"\Ano (answer|connection) within (?<seconds>[0-9.]+) s\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Within();

    [GeneratedRegex(@"\A(?<times>[0-9]+) times in a row\z")]
    private static partial Regex Times();

    [GeneratedRegex(@"\Aresult (?<number>-?[0-9]{1,20})\z")]
    private static partial Regex Result();

    /// <summary>An exception or an error of the connection by its name: what .NET says of it is for the log.</summary>
    [GeneratedRegex(
        @"\A(?<type>[A-Za-z]*(Exception|Error|Ended|Response|Exceeded|Supported|Unknown))(: .*)?\z", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Fault();

    [GeneratedRegex(": |, | with | (?=without meaning)")]
    private static partial Regex Divider();
}
