using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Reports;
using SmsCampaign.Storage;

namespace SmsCampaign.Conduct;

/// <summary>
/// Is told what becomes of a run while it is conducted: the worker writes it to its log, a verb to the terminal. Must not
/// wait.
/// </summary>
public interface IRunWatcher
{
    /// <summary>Something was decided; of a run that is not simulated, it stands in the registry by now.</summary>
    void Decided(Decision decision);

    /// <summary>A day's sending ended.</summary>
    /// <param name="left">Messages still planned.</param>
    void Sent(RunKey run, SendEnd how, long left);

    /// <summary>The run's report is written, whether or not it balances.</summary>
    void Reported(RunKey run, ReportResult report);

    /// <summary>The report cannot be written now; it is tried again.</summary>
    void ReportUnwritable(RunKey run, Exception why);

    /// <summary>Nothing is left to be done about the run.</summary>
    void Ended(RunKey run, RunState state);
}
