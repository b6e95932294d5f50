using Microsoft.Extensions.Logging;
using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Worker;

/// <summary>Writes to the log what becomes of runs.</summary>
sealed partial class LogWatcher(ILogger<RunConductor> logger) : IRunWatcher
{
    public void Decided(Decision decision)
    {
        if (decision.What is DecisionKind.Fired or DecisionKind.Late or DecisionKind.Resumed)
            Log.Sending(logger, decision.Run, decision.What.ToWord(), decision.Due);
        else if (decision.What == DecisionKind.Held)
            Log.Held(logger, decision.Run, decision.Reason.En);
        else if (decision.What == DecisionKind.Delayed)
            Log.Delayed(logger, decision.Run, decision.Reason.En);
    }

    public void Sent(RunKey run, SendEnd how, long left) => Log.Sent(logger, run, how, left);

    public void LaneUnready(RunKey run, string lane, AccountFinding found) =>
        Log.LaneUnready(logger, run, lane, NumberMask.In(found.Words.En));

    public void ReceiptsBehind(RunKey run) => Log.ReceiptsBehind(logger, run);

    public void LaneReopened(RunKey run, string lane) => Log.LaneReopened(logger, run, lane);

    public void LaneFaulted(RunKey run, string lane, Exception why) =>
        Log.LaneFaulted(logger, run, lane, NumberMask.In(why.ToString()));

    public void Faulted(string run, Wording reason, Exception why) =>
        Log.Faulted(logger, run, reason.En, NumberMask.In(why.ToString()));

    public void HeldUp(RunKey run, Wording reason, bool isOnRecord)
    {
        if (!isOnRecord)
            Log.Delayed(logger, run, reason.En);
    }

    public void Reported(RunKey run, ReportResult report)
    {
        if (!report.Balance.Holds)
            Log.DoesNotBalance(logger, run);
        if (report.Differences.Count > 0)
            Log.Differs(logger, run, RunVerification.Describe(report.Differences).En);
        if (report.Unrecorded is { } why)
            Log.Unrecorded(logger, run, why.En);
    }

    public void ReportUnwritable(RunKey run, Exception why) => Log.ReportUnwritable(logger, run, why.Message);

    public void Ended(RunKey run, RunState state) => Log.Ended(logger, run, state);

    static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Run}: {What}, due {Due:u}")]
        public static partial void Sending(ILogger logger, RunKey run, string what, DateTimeOffset due);

        [LoggerMessage(LogLevel.Information, "{Run}: sending ended ({End}), messages left: {Left}")]
        public static partial void Sent(ILogger logger, RunKey run, SendEnd end, long left);

        [LoggerMessage(LogLevel.Warning, "{Run}: held. {Reason}")]
        public static partial void Held(ILogger logger, RunKey run, string reason);

        [LoggerMessage(LogLevel.Warning, "{Run}: lane {Lane} before the opening: {Found} Sending begins on time all "
            + "the same; see 'sms-campaign doctor'.")]
        public static partial void LaneUnready(ILogger logger, RunKey run, string lane, string found);

        [LoggerMessage(LogLevel.Warning, "{Run}: receipts that came are not settled yet and the report is written "
            + "without them. Run 'sms-campaign report' again once they are.")]
        public static partial void ReceiptsBehind(ILogger logger, RunKey run);

        [LoggerMessage(LogLevel.Warning, "{Run}: lane {Lane} had closed as the clock was outside the hours for a "
            + "moment; it is within them, and the lane sends again. See to the machine's clock.")]
        public static partial void LaneReopened(ILogger logger, RunKey run, string lane);

        [LoggerMessage(
            LogLevel.Error,
            "{Run}: lane {Lane} has met a fault of the program; the run's other lanes go on, then it is held. {Fault}")]
        public static partial void LaneFaulted(ILogger logger, RunKey run, string lane, string fault);

        [LoggerMessage(LogLevel.Error, "{Run}: SET ASIDE. {Reason} {Fault}")]
        public static partial void Faulted(ILogger logger, string run, string reason, string fault);

        [LoggerMessage(LogLevel.Warning, "{Run}: cannot be sent yet and is tried every minute. {Reason}")]
        public static partial void Delayed(ILogger logger, RunKey run, string reason);

        [LoggerMessage(LogLevel.Warning, "{Run}: the report cannot be written and is tried again: {Reason}")]
        public static partial void ReportUnwritable(ILogger logger, RunKey run, string reason);

        [LoggerMessage(LogLevel.Error, "{Run}: the report does NOT balance and must not be used")]
        public static partial void DoesNotBalance(ILogger logger, RunKey run);

        [LoggerMessage(LogLevel.Error, "{Run}: {Differences}")]
        public static partial void Differs(ILogger logger, RunKey run, string differences);

        [LoggerMessage(LogLevel.Warning, "{Run}: the audit chain does not hold the report's hash. {Why}")]
        public static partial void Unrecorded(ILogger logger, RunKey run, string why);

        [LoggerMessage(LogLevel.Information, "{Run}: {State}")]
        public static partial void Ended(ILogger logger, RunKey run, RunState state);
    }
}
