using Microsoft.Extensions.Logging;
using SmsCampaign.Conduct;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Telemetry;

namespace SmsCampaign.App.Worker;

/// <summary>Looks five times a second what persons have ordered of what is sent, and whether somebody asks something
/// of the worker, and answers.</summary>
/// <remarks>What cannot be read or answered now is looked at again; sending does not wait for it.</remarks>
sealed partial class CommandService(Station station, ILogger<CommandService> logger)
    : SideService(station.Clock.Time, logger)
{
    readonly CommandHand _hand = new(station, $"worker, PID {Environment.ProcessId}, {Environment.MachineName}");

    /// <summary>From before its first turn, and for as long as it is to go on: also while it has broken.</summary>
    readonly LoopPulse _pulse = station.Accounts.Loops.Join("orders", isVital: true);

    /// <summary>What goes wrong with each of its works; empty where nothing does.</summary>
    readonly string[] _troubles = ["", ""];

    public override void Dispose()
    {
        _pulse.Dispose();
        base.Dispose();
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            _pulse.Beat();
            Try(0, station.Accounts.Orders.Look);
            Try(1, Answer);
            await Task.Delay(CommandHand.LookEvery, Time, stopping).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }

        _pulse.Dispose(); // from here on the host's patience counts
    }

    void Answer()
    {
        foreach (var (command, answer) in _hand.Look())
        {
            if (command.Unvouched is { } unvouched) // who it says that asked did not
                Log.Refused(Logger, unvouched.Words.En);
            else
                Log.Answered(
                    Logger, command.Id, command.Kind, command.Who.Person, command.Who.ByOs, answer.Outcome,
                    answer.Words.En);
        }
    }

    /// <summary>What fails of one keeps the other from nothing. The same trouble is told once.</summary>
    void Try(int which, Action work)
    {
        try
        {
            work();
            _troubles[which] = "";
        }
        catch (Exception cannot) // the edge of the service: it is tried again
        {
            var told = (StorageFaults.Describe(cannot, station.Data)
                ?? new Wording(cannot.GetType().Name, cannot.GetType().Name)).En;
            if (told != _troubles[which])
                Log.CannotLook(Logger, told);
            _troubles[which] = told;
        }
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Command {Id} ({Kind}), asked by {Person} [{ByOs}]: {Outcome}. {Answer}")]
        public static partial void Answered(
            ILogger logger, long id, string kind, string person, string byOs, CommandOutcome outcome, string answer);

        [LoggerMessage(LogLevel.Error, "REFUSED: {Why}")]
        public static partial void Refused(ILogger logger, string why);

        [LoggerMessage(
            LogLevel.Error,
            "What persons order or ask of the worker cannot be looked at now, and is looked at again: {Why}")]
        public static partial void CannotLook(ILogger logger, string why);
    }
}
