using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Installations;

namespace SmsCampaign.Receipts;

/// <summary>Who calls back.</summary>
/// <param name="Secret">What follows the lane's name in the path; null where nothing does.</param>
/// <param name="Authorization">The header's value; null where there is none.</param>
/// <param name="From">The address connected from.</param>
/// <param name="Forwarded">The X-Forwarded-For header's value: believed only where <paramref name="From"/>
/// is a proxy of ours.</param>
public readonly record struct CallbackCaller(string? Secret, string? Authorization, IPAddress? From, string? Forwarded);

/// <summary>Why a callback is not taken.</summary>
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

    /// <summary>It is larger than a callback can be.</summary>
    Size,

    /// <summary>Its body broke off, or was not written as HTTP has it.</summary>
    Form,

    /// <summary>Its body was not whole in time.</summary>
    Slow,

    /// <summary>More came at once than is taken, of all callers or of one.</summary>
    Crowded,
}

/// <summary>
/// The lanes whose callbacks are taken, each with what tells whether one comes from its gateway.
/// </summary>
public sealed class CallbackGuards
{
    readonly Dictionary<string, CallbackGuard>.AlternateLookup<ReadOnlySpan<char>> _guards;

    CallbackGuards(IEnumerable<CallbackGuard> guards) =>
        _guards = guards.ToDictionary(guard => guard.Lane).GetAlternateLookup<ReadOnlySpan<char>>();

    public static CallbackGuards Of(LaneAccounts accounts, ReceiptSettings settings)
    {
        IPNetwork[] proxies = [.. settings.ProxyNetworks];
        return new(accounts.Names
            .Select(accounts.Find)
            .OfType<LaneAccount>()
            .Where(account => account.Lane.Options.TakesCallbacks)
            .Select(account =>
                new CallbackGuard(
                    account.Lane.Name, account.Lane.Options.Callback, account.Receipts as ISignedReceipts, proxies)));
    }

    /// <summary>Lanes whose callbacks are taken from anybody.</summary>
    public static CallbackGuards Open(IEnumerable<string> lanes) =>
        new(lanes.Select(lane => new CallbackGuard(lane, null, null, [])));

    /// <summary>The lane that a path after <c>/receipts/</c> names.</summary>
    /// <returns>Null where it names none. A path that goes on after the name belongs to a lane with a secret.</returns>
    public CallbackGuard? Find(ReadOnlySpan<char> path)
    {
        var slash = path.IndexOf('/');
        return _guards.TryGetValue(slash < 0 ? path : path[..slash], out var guard) && (slash < 0 || guard.HasSecret)
            ? guard
            : null;
    }
}

/// <summary>
/// Tells whether a callback comes from one lane's gateway.
/// </summary>
public sealed class CallbackGuard
{
    readonly bool _isOpen;
    readonly IPNetwork[] _from;
    readonly IPNetwork[] _proxies;
    readonly byte[]? _secret;
    readonly byte[]? _credentials;
    readonly ISignedReceipts? _signatures;

    internal CallbackGuard(string lane, CallbackOptions? options, ISignedReceipts? signatures, IPNetwork[] proxies)
    {
        Lane = lane;
        _isOpen = options is not { IsGuarded: true };
        _from = [.. (options?.From ?? []).Select(AddressRange.Of).OfType<IPNetwork>()];
        _proxies = proxies;
        _secret = options?.Secret is { } secret ? Encoding.UTF8.GetBytes(secret) : null;
        _credentials = options?.User is { } user
            ? Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}")))
            : null;
        _signatures = signatures;
    }

    public string Lane { get; }

    /// <summary>Whether <see cref="Check"/> finds nothing, whoever calls.</summary>
    public bool TakesAnybody => _isOpen;

    /// <summary>Whether <see cref="IsSigned"/> is to be asked.</summary>
    public bool AsksSignature => _signatures is not null;

    internal bool HasSecret => _secret is not null;

    /// <summary>Whose share the callback counts towards: the caller's, or the one for whom a
    /// proxy of ours calls.</summary>
    public IPAddress OwnerOf(IPAddress? from, string? forwarded) =>
        CallerAddress.OwnerOf(_proxies.Length == 0 ? from : OriginOf(from, forwarded));

    /// <summary>Before the body is read.</summary>
    /// <returns>Null where the caller is the lane's gateway, as far as can be told.</returns>
    public CallbackRefusal? Check(in CallbackCaller caller) =>
        !IsFromGateway(caller) ? CallbackRefusal.Address
        : !Holds(_secret, caller.Secret) ? CallbackRefusal.Secret
        : !Holds(_credentials, CredentialsIn(caller.Authorization)) ? CallbackRefusal.Password
        : null;

    /// <summary>Whether the gateway signed it, or signs nothing.</summary>
    public bool IsSigned(in SignedCallback callback) => _signatures?.IsSigned(callback) ?? true;

    bool IsFromGateway(in CallbackCaller caller) =>
        _from.Length == 0
        || (OriginOf(caller.From, caller.Forwarded) is { } origin && _from.Any(network => network.Contains(origin)));

    /// <summary>The address that called: of those a proxy of ours names, the last that is no proxy of ours.</summary>
    IPAddress? OriginOf(IPAddress? from, string? forwarded)
    {
        var origin = CallerAddress.Plain(from);
        if (forwarded is null)
            return origin;

        foreach (var hop in forwarded.Split(',').Reverse())
        {
            if (origin is null || !_proxies.Any(proxy => proxy.Contains(origin)))
                break;

            origin = IPAddress.TryParse(hop.Trim(), out var before) ? CallerAddress.Plain(before) : null;
        }

        return origin;
    }

    static string? CredentialsIn(string? authorization) =>
        AuthenticationHeaderValue.TryParse(authorization, out var header)
            && header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter
            : null;

    /// <summary>In constant time: how long it takes does not tell how much of a guess was right.</summary>
    static bool Holds(byte[]? expected, string? given) =>
        expected is null || CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(given ?? ""));
}

/// <summary>Addresses that call.</summary>
public static class CallerAddress
{
    /// <summary>Bytes of an IPv6 address that tell whose it is: a household is given the rest, and takes
    /// any of it (RFC 6177).</summary>
    const int OwnBytes = 8;

    /// <summary>Whose share a connection or a callback from an address counts towards: an IPv4 address, or the
    /// network of an IPv6 one.</summary>
    public static IPAddress OwnerOf(IPAddress? address)
    {
        if (Plain(address) is not { } plain)
            return IPAddress.None;
        if (plain.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(plain))
            return plain;

        Span<byte> bytes = stackalloc byte[16];
        plain.TryWriteBytes(bytes, out _);
        bytes[OwnBytes..].Clear();
        return new IPAddress(bytes);
    }

    /// <summary>An IPv4 address as such, also where a socket of both versions says it (RFC 4291, 2.5.5.2).</summary>
    public static IPAddress? Plain(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
