using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch;

namespace SmsCampaign.Receipts;

/// <summary>Who calls back.</summary>
/// <param name="Secret">What follows the lane's name in the path; null where nothing does.</param>
/// <param name="Authorization">The header's value; null where there is none.</param>
/// <param name="From">The address connected from.</param>
/// <param name="Forwarded">The X-Forwarded-For header's value: believed only where <paramref name="From"/> is a proxy of ours.</param>
public readonly record struct CallbackCaller(string? Secret, string? Authorization, IPAddress? From, string? Forwarded);

/// <summary>Why a callback is refused.</summary>
public enum CallbackRefusal
{
    /// <summary>It comes from an address that is not the gateway's.</summary>
    Address,

    /// <summary>The path does not end in the lane's secret.</summary>
    Secret,

    /// <summary>User name and password are missing or wrong.</summary>
    Password,

    /// <summary>The gateway's signature is missing or wrong.</summary>
    Signature,
}

/// <summary>
/// Knows the lanes whose callbacks are taken, and whether one comes from the lane's gateway.
/// </summary>
public sealed class CallbackGuards
{
    readonly Dictionary<string, Guard?> _guards;
    readonly Dictionary<string, Guard?>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    readonly IPNetwork[] _proxies;
    readonly Func<string, ISignedReceipts?> _signed;

    CallbackGuards(IEnumerable<(string Lane, CallbackOptions? Options)> lanes, IEnumerable<string> proxies, Func<string, ISignedReceipts?> signed)
    {
        _signed = signed;
        _guards = lanes.ToDictionary(lane => lane.Lane, lane => lane.Options is { } options ? new Guard(options) : null);
        _bySpan = _guards.GetAlternateLookup<ReadOnlySpan<char>>();
        _proxies = [.. proxies.Select(AddressRange.Of).OfType<IPNetwork>()];
    }

    public static CallbackGuards Of(LaneAccounts accounts, ReceiptSettings settings) => new(
        accounts.Names.Select(name => (name, accounts.Find(name)!.Lane.Options.Callback)),
        settings.Proxies,
        lane => accounts.Find(lane)?.Receipts as ISignedReceipts);

    /// <summary>Lanes whose callbacks are taken from anybody.</summary>
    public static CallbackGuards Open(IEnumerable<string> lanes) => new(lanes.Select(lane => (lane, (CallbackOptions?)null)), [], _ => null);

    /// <summary>The lane that a path after <c>/receipts/</c> names.</summary>
    /// <param name="isGuarded">Whether <see cref="Check"/> is to be asked.</param>
    /// <returns>Null where it names none. A path that goes on after the name belongs to a lane with a secret.</returns>
    public string? Find(ReadOnlySpan<char> path, out bool isGuarded)
    {
        var slash = path.IndexOf('/');
        var name = slash < 0 ? path : path[..slash];
        isGuarded = false;
        if (!_bySpan.TryGetValue(name, out var lane, out var guard) || (slash >= 0 && guard is not { HasSecret: true }))
            return null;

        isGuarded = guard is not null;
        return lane;
    }

    /// <returns>Null where the caller is the lane's gateway, as far as can be told.</returns>
    public CallbackRefusal? Check(string lane, in CallbackCaller caller) =>
        _guards[lane]?.Check(caller, OriginOf(caller.From, caller.Forwarded));

    /// <summary>What says whether a lane's gateway signed a callback; null where it signs none.</summary>
    public ISignedReceipts? SignaturesOf(string lane) => _signed(lane);

    /// <summary>The address that called: of those a proxy of ours names, the last that is no proxy of ours.</summary>
    IPAddress? OriginOf(IPAddress? from, string? forwarded)
    {
        var origin = Plain(from);
        if (forwarded is null)
            return origin;

        foreach (var hop in forwarded.Split(',').Reverse())
        {
            if (origin is null || !_proxies.Any(proxy => proxy.Contains(origin)))
                break;

            origin = IPAddress.TryParse(hop.Trim(), out var before) ? Plain(before) : null;
        }

        return origin;
    }

    static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    sealed class Guard(CallbackOptions options)
    {
        readonly IPNetwork[] _from = [.. options.From.Select(AddressRange.Of).OfType<IPNetwork>()];
        readonly byte[]? _secret = options.Secret is { } secret ? Encoding.UTF8.GetBytes(secret) : null;
        readonly byte[]? _credentials = options.User is { } user
            ? Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}")))
            : null;

        public bool HasSecret => _secret is not null;

        public CallbackRefusal? Check(in CallbackCaller caller, IPAddress? origin)
        {
            if (_from.Length > 0 && (origin is null || !_from.Any(network => network.Contains(origin))))
                return CallbackRefusal.Address;

            return !Holds(_secret, caller.Secret) ? CallbackRefusal.Secret
                : !Holds(_credentials, CredentialsIn(caller.Authorization)) ? CallbackRefusal.Password
                : null;
        }

        static string? CredentialsIn(string? authorization) =>
            AuthenticationHeaderValue.TryParse(authorization, out var header) && header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
                ? header.Parameter
                : null;

        /// <summary>In constant time: how long it takes does not tell how much of a guess was right.</summary>
        static bool Holds(byte[]? expected, string? given) =>
            expected is null || CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(given ?? ""));
    }
}
