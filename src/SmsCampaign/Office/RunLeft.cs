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

    /// <summary>For who has decided already, or wants it stopped: a ledger that cannot be read is in nobody's
    /// way.</summary>
    /// <param name="left">As of <see cref="Read"/>.</param>
    /// <returns>Whether it is known.</returns>
    public static bool TryRead(DataFolder data, RunRecord run, out RunLeft? left)
    {
        try
        {
            left = Read(data, run);
            return true;
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            left = null;
            return false;
        }
    }

    /// <summary>How many messages wait to be sent; null where that cannot be read.</summary>
    public static long? CountPlanned(DataFolder data, RunRecord run) =>
        FindStatus(data, run)?.Count(MessageStatus.Planned);

    /// <summary>Its figures lane by lane; null where they cannot be read.</summary>
    public static RunStatus? FindStatus(DataFolder data, RunRecord run)
    {
        try
        {
            var ledger = run.AddressIn(data);
            return Ledgers.RunAt(ledger).Exists ? RunStatus.Read(ledger) : null;
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Where it is not known.</summary>
    public static Wording NotKnown { get; } = new(
        "Không đọc được sổ gửi tin nên chưa biết còn bao nhiêu tin phải gửi. Xem bằng 'doctor'; khôi phục sổ bằng "
            + "'restore'.",
        "The ledger cannot be read, so how much is left to send is not known. See 'doctor'; restore the ledger with "
            + "'restore'.");

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
