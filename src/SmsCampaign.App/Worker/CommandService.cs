using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmsCampaign.Conduct;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Worker;

/// <summary>Looks five times a second what persons have ordered of what is sent, and whether somebody asks something
/// of the worker, and answers.</summary>
/// <remarks>What cannot be read or answered now is looked at again; sending does not wait for it.</remarks>
sealed partial class CommandService(Station station, ILogger<CommandService> logger) : BackgroundService
{
    readonly CommandHand _hand = new(station, $"worker, PID {Environment.ProcessId}, {Environment.MachineName}");
    string _trouble = "";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // off the host's start
        using var pulse = station.Accounts.Loops.Join("orders");
        while (!stoppingToken.IsCancellationRequested)
        {
            pulse.Beat();
            station.Accounts.Orders.Look();
            Look();
            await Task.Delay(CommandHand.LookEvery, station.Clock.Time, stoppingToken).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The same trouble is told once.</summary>
    void Look()
    {
        try
        {
            foreach (var (command, answer) in _hand.Look())
                Log.Answered(
                    logger, command.Id, command.Kind, command.Who.Person, command.Who.ByOs, answer.Outcome,
                    answer.Words.En);
            _trouble = "";
        }
        catch (Exception cannot) // the edge of the service: it is tried again
        {
            var told = (StorageFaults.Describe(cannot, station.Data)
                ?? new Wording(cannot.GetType().Name, cannot.GetType().Name)).En;
            if (told != _trouble)
                Log.CannotLook(logger, told);
            _trouble = told;
        }
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Command {Id} ({Kind}), asked by {Person} [{ByOs}]: {Outcome}. {Answer}")]
        public static partial void Answered(
            ILogger logger, long id, string kind, string person, string byOs, CommandOutcome outcome, string answer);

        [LoggerMessage(
            LogLevel.Error, "What is asked of the worker cannot be looked at now, and is looked at again: {Why}")]
        public static partial void CannotLook(ILogger logger, string why);
    }
}
