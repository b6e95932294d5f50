namespace SmsCampaign.Storage.Run;

/// <summary>
/// Somebody else has taken over a lane of a run since it was opened here: nothing more may be handed over on it by what
/// was opened here, and nothing of what was to be written is.
/// </summary>
/// <param name="lane">Its name.</param>
public sealed class LaneTakenException(RunAddress ledger, string lane) : LedgerException(new Wording(
    $"một tiến trình khác đã nhận gửi kênh '{lane}' từ {ledger}: ở đây không gửi gì thêm trên kênh đó",
    $"another process has taken over lane '{lane}' of {ledger}: nothing more is sent on it from here"))
{
    public string Lane => lane;
}
