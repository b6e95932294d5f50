using SmsCampaign.Reports.Words;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports;

/// <summary>
/// theo-gio.csv: what was handed over in each hour of the run's zone, each message at its last hand-over; and the same
/// by five minutes, which the charts draw.
/// </summary>
sealed class CurveSheets(RunTables tables, RunTallies tallies, Language language)
{
    /// <summary>Most stretches of five minutes with a sheet of their own: 36 hours of sending.</summary>
    public const int MostSteps = 432;

    public static readonly Wording HandedOver = new("Đã chuyển", "Handed over");

    const long MicrosPerHour = 12 * HandOverCurve.StepMicros;

    readonly LocalTimes _times = new(tables.Run.Zone);

    /// <summary>By the hour, with the total, and what nobody knows the moment of.</summary>
    public void WriteHours(ReportSheet file)
    {
        Write(file, Hours());
        if (tallies.Curve.Unknown.Messages > 0)
        {
            file.Text(new Wording("Không rõ giờ", "At a moment not known").In(language));
            file.Empty();
            WriteCount(file, tallies.Curve.Unknown);
        }

        var sum = new HandOverCount();
        foreach (var (_, count) in tallies.Curve.Steps)
            sum.Add(count);
        sum.Add(tallies.Curve.Unknown);
        file.MarkTotal();
        file.Text(ReportWords.Total.In(language));
        file.Empty();
        WriteCount(file, sum);
    }

    /// <summary>By five minutes; by the hour of a run that took longer than <see cref="MostSteps"/>.</summary>
    public void WriteSteps(ReportSheet file) => Write(file, Steps.Select(step => (step.From, step.Count)));

    /// <summary>What the charts draw, from the first stretch with a hand-over to the last, those without one among
    /// them.</summary>
    public IReadOnlyList<(long From, HandOverCount Count)> Steps
    {
        get
        {
            var steps = tallies.Curve.Steps.ToDictionary();
            return Between(IsFine ? steps : Hours().ToDictionary(), IsFine ? HandOverCurve.StepMicros : MicrosPerHour);
        }
    }

    /// <summary>Seconds of one of <see cref="Steps"/>.</summary>
    public long StepSeconds => (IsFine ? HandOverCurve.StepMicros : MicrosPerHour) / 1_000_000;

    bool IsFine => tallies.Curve.Steps.Select(step => step.From).ToList() is not [var first, .., var last]
        || (last - first) / HandOverCurve.StepMicros < MostSteps;

    /// <summary>Hours of the zone's clock with a hand-over.</summary>
    IEnumerable<(long From, HandOverCount Count)> Hours() => tallies.Curve.Steps
        .GroupBy(step => step.From - _times.LocalSeconds(step.From) % 3_600 * 1_000_000)
        .Select(hour =>
        {
            var sum = new HandOverCount();
            foreach (var (_, count) in hour)
                sum.Add(count);
            return (hour.Key, sum);
        });

    /// <summary>At most twice <see cref="MostSteps"/>: a gap that is longer than that is left out.</summary>
    static List<(long From, HandOverCount Count)> Between(Dictionary<long, HandOverCount> steps, long length)
    {
        var all = new List<(long, HandOverCount)>();
        if (steps.Count == 0)
            return all;

        if ((steps.Keys.Max() - steps.Keys.Min()) / length > 2 * MostSteps)
            return [.. steps.OrderBy(step => step.Key).Select(step => (step.Key, step.Value))];

        for (var from = steps.Keys.Min(); from <= steps.Keys.Max(); from += length)
            all.Add((from, steps.GetValueOrDefault(from) ?? new HandOverCount()));
        return all;
    }

    void Write(ReportSheet file, IEnumerable<(long From, HandOverCount Count)> steps)
    {
        file.Row(new Wording[]
        {
            new("Ngày", "Date"), new("Từ giờ", "From"), HandedOver, TallyCells.PartsHandedOver, TallyCells.Confirmed,
        }.Select(heading => heading.In(language)));
        foreach (var (from, count) in steps)
        {
            var local = _times.Local(from);
            file.Date(DateOnly.FromDateTime(local));
            file.Text(local.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
            WriteCount(file, count);
        }
    }

    static void WriteCount(ReportSheet file, HandOverCount count)
    {
        file.Number(count.Messages);
        file.Number(count.Parts);
        file.Number(count.Confirmed);
        file.EndRow();
    }
}
