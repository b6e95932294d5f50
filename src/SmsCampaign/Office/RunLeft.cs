using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What is left to send of a run of which something was handed over: an approval lets that go on, and not
/// all of it again.</summary>
public readonly record struct RunLeft(long Messages, long Planned, long Uncertain)
{
    /// <returns>Null where nothing of it was handed over yet.</returns>
    public static RunLeft? Read(DataFolder data, RunRecord run)
    {
        var ledger = run.AddressIn(data);
        if (!Ledgers.RunAt(ledger).Exists || RunStatus.Read(ledger) is not { } status)
            return null;

        var planned = status.Count(MessageStatus.Planned);
        return planned == status.Messages ? null : new RunLeft(status.Messages, planned, status.Uncertain);
    }

    public Wording ToWords()
    {
        var (all, left, done, uncertain) = (
            Figures.Counted(Messages, "message"),
            Figures.Count(Planned),
            Figures.Count(Messages - Planned),
            Figures.Count(Uncertain));
        var open = Uncertain == 0
            ? new Wording("", "")
            : new Wording($", trong đó {uncertain} tin chưa rõ kết quả", $", {uncertain} of them uncertain");
        return Planned == 0
            ? new Wording(
                $"Không còn tin nào phải gửi: {done}/{all} tin đã xử lý{open}.",
                $"Nothing is left to send: of {all} {done} dealt with{open}.")
            : new Wording(
                $"Chỉ gửi tiếp {left}/{all} tin còn lại; {done} tin đã xử lý{open} thì không gửi lại.",
                $"Of {all} only what is left is sent: {left}; what is dealt with is not sent again: {done}{open}.");
    }
}
