using SmsCampaign.Campaigns;
using SmsCampaign.Simulator;

namespace SmsCampaign.App.Rehearsing;

/// <summary>Hours of every day on which the run sends, in the campaign's time zone.</summary>
/// <param name="To">Not included.</param>
readonly record struct DayHours(TimeOnly From, TimeOnly To)
{
    /// <summary>On each of the days that a run may take, in order.</summary>
    /// <param name="date">The run's.</param>
    public IEnumerable<Stretch> OnEach(Schedule schedule, DateOnly date)
    {
        var hours = this;
        return schedule.SendDays(date).Select(day => hours.On(day, schedule.Window.Zone));
    }

    public Stretch On(DateOnly day, TimeZoneInfo zone)
    {
        // Opening and closing of a window are moments by the same rules.
        var window = new SendWindow(From, To, zone);
        return new Stretch(window.OpensOn(day), window.ClosesOn(day));
    }
}

/// <summary>What goes wrong on a rehearsed day; nothing where nothing is said. Lanes by their names.</summary>
sealed record Scenario
{
    /// <summary>Gateways that cannot be reached.</summary>
    public IReadOnlyList<(string Lane, DayHours Hours)> Outages { get; init; } = [];

    /// <summary>Gateways that serve a share of their contract, over 0 and under 1.</summary>
    public IReadOnlyList<(string Lane, DayHours Hours, double Share)> Slow { get; init; } = [];

    /// <summary>Gateways that bring no receipts.</summary>
    public IReadOnlySet<string> NoReceipts { get; init; } = new HashSet<string>();

    /// <summary>When this machine has no power, in order; none touches another.</summary>
    public IReadOnlyList<DayHours> PowerCuts { get; init; } = [];
}
