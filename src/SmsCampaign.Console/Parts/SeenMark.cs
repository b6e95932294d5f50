using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>What somebody has looked at, as it goes with the form that decides of it: what is other by the time it is
/// posted was not looked at.</summary>
static class SeenMark
{
    /// <summary>Characters of a hash that are kept: 64 bits.</summary>
    const int Kept = 16;

    /// <summary>Of why a lane has stopped; empty: it has not.</summary>
    public static string Of(LaneStop? stop) => stop is null ? "" : Hash($"{stop.At?.UtcTicks} {stop.Reason}");

    /// <summary>Of why the program holds a lane of a run.</summary>
    public static string Of(HeldLane held) =>
        Hash(string.Create(CultureInfo.InvariantCulture, $"{held.Run} {held.Trial.Id} {held.Trial.Since}"));

    /// <summary>Of why a run is held; empty: it is not.</summary>
    public static string Of(RunHold? hold) => hold is null ? ""
        : Hash(string.Create(CultureInfo.InvariantCulture, $"{hold.Decision} {hold.At?.UtcTicks} {hold.Why}"));

    /// <summary>Of what persons have ordered; empty: nothing.</summary>
    public static string Of(IReadOnlyCollection<StandingOrder> orders) => orders.Count == 0 ? ""
        : Hash(string.Join('\n', orders.Select(order => string.Create(
            CultureInfo.InvariantCulture,
            $"{order.Id} {order.Kind} {order.Run} {order.Lane} {order.At?.UtcTicks} {order.Reason}"))));

    static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Kept];
}
