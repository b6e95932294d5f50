using SmsCampaign.Audience;
using SmsCampaign.Orthography;

namespace SmsCampaign.Orders;

/// <summary>What a carrier says of one number. Stored by its number: never renumber. Of rows of one number that say
/// different the first of these counts.</summary>
enum NumberClaim
{
    Succeeded = 0,

    /// <summary>Sent, and its fate is not known.</summary>
    Unknown = 1,

    /// <summary>Sent, and it did not get there.</summary>
    Failed = 2,

    NotSent = 3,

    /// <summary>Left out by the carrier.</summary>
    Excluded = 4,
}

/// <summary>Reads what a carrier writes of a number: the words that the installation file maps, else the usual
/// ones. A word that is none of them is never guessed at.</summary>
/// <param name="mapped">What each word of the carrier's own means, by <see cref="WordOf"/>.</param>
sealed class NumberClaims(IReadOnlyDictionary<string, string> mapped)
{
    static readonly Dictionary<NumberClaim, string[]> Usual = new()
    {
        [NumberClaim.Succeeded] =
        [
            "thành công", "gửi thành công", "đã nhận", "succeeded", "success", "successful", "delivered", "DELIVRD",
        ],
        [NumberClaim.Failed] =
        [
            "không thành công", "thất bại", "gửi lỗi", "lỗi", "gửi thất bại", "failed", "failure", "undelivered",
            "UNDELIV", "EXPIRED", "REJECTD", "DELETED",
        ],
        [NumberClaim.Unknown] =
            ["chưa rõ", "không rõ", "chưa có kết quả", "đã gửi", "unknown", "pending", "sent", "ACCEPTD", "ENROUTE"],
        [NumberClaim.NotSent] = ["chưa gửi", "không gửi", "not sent"],

        // Not "từ chối" or "chặn": the phone's network refuses as well, and then it was texted.
        [NumberClaim.Excluded] = ["loại trừ", "bị loại trừ", "excluded"],
    };

    static readonly Dictionary<string, NumberClaim> ByUsual = Usual
        .SelectMany(claim => claim.Value.Select(word => (Word: CellText.Fold(word), claim.Key)))
        .ToDictionary(each => each.Word, each => each.Key);

    readonly Dictionary<string, NumberClaim> _byMapped = mapped
        .Where(entry => Find(entry.Value) is not null)
        .GroupBy(entry => CellText.Fold(entry.Key))
        .ToDictionary(same => same.Key, same => Find(same.First().Value)!.Value);

    /// <summary>What was read before, as written: a file has few words and many rows.</summary>
    readonly Dictionary<string, NumberClaim?> _read = [];

    /// <summary>Different words that are kept; a column with more has none.</summary>
    const int MostWords = 10_000;

    /// <summary>Characters of such a word.</summary>
    const int LongestWord = 64;

    /// <returns>Null where nobody has said what the word means.</returns>
    public NumberClaim? Read(ReadOnlySpan<char> written)
    {
        var words = _read.GetAlternateLookup<ReadOnlySpan<char>>();
        if (words.TryGetValue(written, out var known))
            return known;

        var folded = CellText.Fold(written.ToString());
        NumberClaim? claim = _byMapped.TryGetValue(folded, out var own) ? own
            : ByUsual.TryGetValue(folded, out var usual) ? usual
            : null;
        if (_read.Count < MostWords && written.Length <= LongestWord)
            words[written] = claim;
        return claim;
    }

    /// <summary>The word that may be meant; null where none is near.</summary>
    public string? Near(string written) =>
        Spelling.Nearest(written, [.. mapped.Keys, .. Usual.Values.SelectMany(words => words)]);

    /// <summary>As an installation file says it.</summary>
    public static string WordOf(NumberClaim claim) =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(claim.ToString());

    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<NumberClaim>().Select(WordOf)];

    public static NumberClaim? Find(string word) => Enum.GetValues<NumberClaim>()
        .Where(claim => WordOf(claim) == word)
        .Select(claim => (NumberClaim?)claim)
        .FirstOrDefault();
}
