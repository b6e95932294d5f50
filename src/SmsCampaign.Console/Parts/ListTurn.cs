using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>Lists that are read while a page is drawn: one at a time, as sending has the machine first. They are small,
/// and wait for none of what takes minutes (<see cref="WorkTurn"/>).</summary>
static class ListTurn
{
    /// <summary>Bytes of all lists of a campaign that are read for a forecast.</summary>
    public const long MostBytes = 20 * 1024 * 1024;

    /// <summary>Another's reading is waited for: on a dead share it never ends.</summary>
    static readonly WorkTurn One = new(TimeProvider.System) { Patience = TimeSpan.FromSeconds(20) };

    /// <summary>What is said where another reading does not end.</summary>
    public static Wording Busy => new(
        "Máy chủ đang đọc một danh sách khác quá lâu. Hãy tải lại trang sau ít phút; vẫn vậy thì báo kỹ sư phụ trách.",
        "The server has been reading another list for too long. Load the page again in some minutes; if that does not "
            + "help tell the engineer.");

    /// <summary>Reads on a thread of its own once nobody else does.</summary>
    /// <exception cref="TimeoutException">Another reading does not end.</exception>
    public static Task<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken) =>
        One.TakeAsync(
            new Wording("đọc một danh sách", "a list is read"), person: "", read, cancellationToken);
}
