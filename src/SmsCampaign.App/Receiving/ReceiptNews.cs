using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.App.Receiving;

/// <summary>
/// Logs what receipts come to that nobody would miss: those that no run can take, once a minute for each lane
/// and reason as a gateway that writes otherwise does so a million times, and runs that were set aside. Nothing
/// of a receipt itself is logged.
/// </summary>
sealed partial class ReceiptNews(ILogger<ReceiptNews> logger, TimeProvider time)
{
    static readonly Meter Meter = new("SmsCampaign");
    static readonly Counter<long> Stray = Meter.CreateCounter<long>(
        "sms_campaign.receipts.stray", "{receipt}", "Receipts that no run can take, by lane and reason");

    readonly OnceAMinute<(string Lane, ReceiptOddity Why)> _seen = new(time);

    /// <summary>Receipts of a lane that no run can take.</summary>
    public void TellOfStrays(string lane, ReceiptOddity why, int count)
    {
        Stray.Add(count, new("lane", lane), new("reason", why.ToString().ToLowerInvariant()));
        if (_seen.IsDue((lane, why), count, out var unlogged))
            Log.Strays(logger, lane, unlogged, why);
    }

    /// <summary>Of a test that broke off.</summary>
    public void TellOfTest(string key, Exception fault) =>
        Log.TestBroke(logger, key, NumberMask.In(FaultWords.Of(fault).En));

    /// <summary>A run whose ledger cannot be used.</summary>
    public void TellOfSetAside(SetAsideRun run)
    {
        if (run.MayPass)
            Log.NotNow(logger, run.Key, run.File, run.Reason.En);
        else
            Log.SetAside(logger, run.Key, run.File, run.Reason.En);
    }

    /// <summary>Answers that could not be written to a run's ledger.</summary>
    public void TellOfUnwritten(UnwrittenAnswers left) => Log.Unwritten(logger, left.Words.En);

    /// <summary>A file of receipts that cannot be used, or of which some are missing.</summary>
    public void TellOfDamaged(DamagedReceipts damaged)
    {
        if (damaged.Kept is null)
            Log.Damaged(logger, damaged.File, damaged.Reason);
        else
            Log.Replaced(logger, damaged.File, damaged.Reason, damaged.Kept);
    }

    /// <summary>The disk has too little room for receipts, or enough again.</summary>
    public void TellOfRoom(DiskRoom room)
    {
        if (room.IsBelow)
            Log.DiskLow(logger, room.Words.En);
        else
            Log.DiskHasRoom(logger, room.Words.En);
    }

    public void TellOfUnread(RunAddress ledger, string reason) => Log.Unread(logger, ledger.ToString(), reason);

    static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The test {Run} broke off: {Why}")]
        public static partial void TestBroke(ILogger logger, string run, string why);

        [LoggerMessage(LogLevel.Warning, "Receipts of {Lane} that belong to no run, since this was last said: "
            + "{Count}, {Why}. They are kept as they came; see 'status'")]
        public static partial void Strays(ILogger logger, string lane, long count, ReceiptOddity why);

        [LoggerMessage(LogLevel.Error, "Run {Run} is SET ASIDE, its ledger {File} cannot be used: {Reason}. "
            + "Its receipts are kept and everything else goes on; restore the file from a backup")]
        public static partial void SetAside(ILogger logger, string run, string file, string reason);

        [LoggerMessage(LogLevel.Warning, "The ledger {File} of run {Run} cannot be opened yet: {Reason}. "
            + "Its receipts are kept, everything else goes on, and it is tried again every minute")]
        public static partial void NotNow(ILogger logger, string run, string file, string reason);

        [LoggerMessage(
            LogLevel.Error,
            "The ledger {File} cannot be read: {Reason}. What it handed over lately is not known, so every lane stands "
                + "still for as long as that can count: a second, a minute, or the rest of the day where its contract "
                + "has a limit a day. Everything else goes on; restore the file from a backup and start again")]
        public static partial void Unread(ILogger logger, string file, string reason);

        [LoggerMessage(LogLevel.Warning, "{Words}")]
        public static partial void Unwritten(ILogger logger, string words);

        [LoggerMessage(LogLevel.Error, "{Words}")]
        public static partial void DiskLow(ILogger logger, string words);

        [LoggerMessage(LogLevel.Information, "{Words}")]
        public static partial void DiskHasRoom(ILogger logger, string words);

        [LoggerMessage(LogLevel.Error, "Receipts in {File} are MISSING: {Reason}. New ones are kept and settled, "
            + "and everything else goes on; see 'status'")]
        public static partial void Damaged(ILogger logger, string file, string reason);

        [LoggerMessage(
            LogLevel.Error,
            "The file of receipts {File} was DAMAGED: {Reason}. It is kept as {Kept} and another has taken its place; "
                + "what was not settled of it is missing. New receipts are kept and settled; see 'status'")]
        public static partial void Replaced(ILogger logger, string file, string reason, string kept);
    }
}
