using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Conduct;

/// <summary>
/// Is told what becomes of a run while it is conducted: the worker writes it to its log, a verb to
/// the terminal. Must not wait.
/// </summary>
public interface IRunWatcher
{
    /// <summary>Something was decided; of a run that is not simulated, it stands in the registry by now.</summary>
    void Decided(Decision decision);

    /// <summary>A day's sending ended.</summary>
    /// <param name="left">Messages still planned.</param>
    void Sent(RunKey run, SendEnd how, long left);

    /// <summary>Shortly before the window opens a lane's gateway was not found ready. Sending
    /// begins all the same.</summary>
    void LaneUnready(RunKey run, string lane, AccountFinding found);

    /// <summary>A lane of the run had read the clock as outside the hours while others went on, and sends
    /// again.</summary>
    void LaneReopened(RunKey run, string lane);

    /// <summary>Receipts that came in time are not settled yet, and the run's report is written without them.</summary>
    void ReceiptsBehind(RunKey run);

    /// <summary>A lane of the run met a fault of the program; the run's other lanes go on, and it is held
    /// when they are done.</summary>
    void LaneFaulted(RunKey run, string lane, Exception why);

    /// <summary>A fault that this run's own work met: it is held, or, where that cannot be written down now, set aside.
    /// Everything else goes on.</summary>
    /// <param name="run">Its key, or the campaign where its runs cannot be told.</param>
    void Faulted(string run, Wording reason, Exception why);

    /// <summary>Another program holds a file that the run needs: it is tried again every minute. Told once, until it
    /// has gone on.</summary>
    /// <param name="isOnRecord">Whether it is recorded as a decision, of which was told.</param>
    void HeldUp(RunKey run, Wording reason, bool isOnRecord);

    /// <summary>The run's report is written, whether or not it balances.</summary>
    void Reported(RunKey run, ReportResult report);

    /// <summary>The report cannot be written now; it is tried again.</summary>
    void ReportUnwritable(RunKey run, Exception why);

    /// <summary>Nothing is left to be done about the run.</summary>
    void Ended(RunKey run, RunState state);
}
