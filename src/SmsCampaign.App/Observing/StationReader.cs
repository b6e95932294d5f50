using Microsoft.Extensions.Logging;
using SmsCampaign.Conduct;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Observing;

/// <summary>Reads every few seconds what whoever looks from outside is told: however many ask, and however often, the
/// ledgers are read once.</summary>
/// <remarks>Sending never waits for it. What it cannot read it says once and tries again; until then the figures of
/// before stand, and their age with them.</remarks>
sealed partial class StationReader(
    Station station, Func<bool> takesTwoPersons, ILogger<StationReader> logger)
    : SideService(station.Clock.Time, logger)
{
    /// <summary>How often it is read.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Longest that it rests: with the next reading that is well below what makes its figures too old
    /// (<see cref="Health.Stale"/>).</summary>
    public static readonly TimeSpan LongestRest = Health.Stale / 2;

    /// <summary>Of the time that a reading took, for which it rests.</summary>
    const int LeastRest = 10;

    readonly TimeProvider _time = station.Clock.Time;
    State _state = new(null, station.Clock.Time.GetTimestamp(), null);

    /// <summary>Null before the first.</summary>
    public StationReading? Latest => Now.Latest;

    /// <summary>How old that is; before the first, for how long there has been none.</summary>
    public TimeSpan Age => _time.GetElapsedTime(Now.ReadAt);

    /// <summary>Why it cannot be read now; null where it can.</summary>
    public Wording? Trouble => Now.Trouble;

    State Now => Volatile.Read(ref _state);

    protected override async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var began = _time.GetTimestamp();
            Read();
            var rest = LeastRest * _time.GetElapsedTime(began);
            var within = rest < Every ? Every : rest > LongestRest ? LongestRest : rest;
            await Task.Delay(within, _time, stopping).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal void Read()
    {
        try
        {
            Volatile.Write(
                ref _state, new State(StationReading.Take(station, takesTwoPersons()), _time.GetTimestamp(), null));
        }
        catch (Exception cannot) // the edge of the service: it is tried again
        {
            var words = StorageFaults.Describe(cannot, station.Data) ?? FaultWords.OfType(cannot);
            if (words != Now.Trouble)
                Log.CannotRead(Logger, NumberMask.In(words.En));
            Volatile.Write(ref _state, Now with { Trouble = words });
        }
    }

    /// <param name="ReadAt">Timestamp of the clock; of the beginning where nothing is read yet.</param>
    sealed record State(StationReading? Latest, long ReadAt, Wording? Trouble);

    static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning, "Figures for monitoring cannot be read now, and are tried again; sending goes on: {Why}")]
        public static partial void CannotRead(ILogger logger, string why);
    }
}
