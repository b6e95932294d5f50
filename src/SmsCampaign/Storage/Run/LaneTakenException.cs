namespace SmsCampaign.Storage.Run;

/// <summary>
/// Somebody else has taken over a lane of a run since it was opened here: nothing more may be handed over on it by what
/// was opened here, and nothing of what was to be written is.
/// </summary>
/// <param name="lane">Its name.</param>
public sealed class LaneTakenException(RunAddress ledger, string lane) : LedgerException(new Wording(
    $"Một tiến trình khác đã nhận gửi kênh '{lane}' từ sổ {ledger}: ở đây không gửi gì thêm trên kênh đó, để không tin "
        + $"nào bị gửi hai lần. Chỉ để một dịch vụ gửi chạy với thư mục dữ liệu này.",
    $"Another process has taken over the lane '{lane}' of the ledger {ledger}: nothing more is sent on it from here, "
        + $"so that nothing is sent twice. Let only one worker run with this data folder."))
{
    public string Lane => lane;
}
