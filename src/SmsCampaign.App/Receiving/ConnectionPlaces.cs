using System.Net;
using Microsoft.AspNetCore.Connections;
using SmsCampaign.Receipts;

namespace SmsCampaign.App.Receiving;

/// <summary>
/// Who may hold how many connections. No address holds more than its share: beyond it, whichever of its own has
/// been silent the longest makes room for the newcomer, and where all places are taken, of all. So connections
/// that say nothing, from however many addresses, keep no gateway out, nor who asks how the program is; nor do
/// those of strangers who come through one address with it. One that has not asked anything in time is closed,
/// whether its place is needed or not.
/// </summary>
/// <param name="most">Connections.</param>
/// <param name="mostOfOne">Of one address.</param>
/// <param name="proxies">Addresses of our own proxies, through which everybody comes: they have no share.</param>
sealed class ConnectionPlaces(
    TimeProvider time,
    int most = ConnectionPlaces.Most,
    int mostOfOne = ConnectionPlaces.MostOfOne,
    IReadOnlyList<IPNetwork>? proxies = null)
{
    /// <summary>Unless set. Twice as many as receipts may wait (<see cref="ReceiptBudget"/>): there is one
    /// left to say 503 on.</summary>
    public const int Most = 2 * ReceiptBudget.MostReceipts;

    /// <summary>Unless set.</summary>
    public const int MostOfOne = Most / 4;

    readonly Lock _lock = new();
    readonly HashSet<ConnectionPlace> _taken = [];
    readonly Dictionary<IPAddress, int> _owned = [];

    /// <summary>Has the connection served where it has a place, and closed where it has none.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate serve)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        var place = new ConnectionPlace(connection, CallerAddress.OwnerOf(address), time);
        if (!TryTake(place, HasShare(address)))
        {
            connection.Abort(new ConnectionAbortedException("more connections than there are places"));
            return;
        }

        try
        {
            connection.Features.Set(place);
            await using var deadline = time.CreateTimer(
                static silent => ((ConnectionPlace)silent!).CloseIfSilent(),
                place,
                ReceiptServer.MostSilence,
                Timeout.InfiniteTimeSpan);
            await serve(connection);
        }
        finally
        {
            GiveBack(place);
        }
    }

    bool HasShare(IPAddress? address) =>
        proxies is not { Count: > 0 }
        || CallerAddress.Plain(address) is not { } plain
        || !proxies.Any(proxy => proxy.Contains(plain));

    bool TryTake(ConnectionPlace place, bool hasShare)
    {
        ConnectionPlace? silent = null;
        lock (_lock)
        {
            var isShareFull = hasShare && _owned.GetValueOrDefault(place.Owner) >= mostOfOne;
            if (isShareFull || _taken.Count >= most)
            {
                silent = _taken
                    .Where(each => !each.IsKeeping && (!isShareFull || each.Owner.Equals(place.Owner)))
                    .MinBy(each => each.SilentSince);
                if (silent is null)
                    return false;

                GiveBackLocked(silent);
            }

            _taken.Add(place);
            _owned[place.Owner] = _owned.GetValueOrDefault(place.Owner) + 1;
        }

        silent?.Close();
        return true;
    }

    void GiveBack(ConnectionPlace place)
    {
        lock (_lock)
            GiveBackLocked(place);
    }

    /// <summary>Once: one that has made room has given back.</summary>
    void GiveBackLocked(ConnectionPlace place)
    {
        if (!_taken.Remove(place))
            return;

        if (--_owned[place.Owner] == 0)
            _owned.Remove(place.Owner);
    }
}

/// <summary>The place of one connection. A feature of it, which its requests find.</summary>
/// <param name="owner">Whose share it is of.</param>
sealed class ConnectionPlace(ConnectionContext connection, IPAddress owner, TimeProvider time)
{
    long _silentSince = time.GetTimestamp();
    volatile bool _isKeeping;
    volatile bool _hasAsked;

    public IPAddress Owner => owner;

    /// <summary>When it was opened, or its last callback was kept: a timestamp of the clock.</summary>
    public long SilentSince => Volatile.Read(ref _silentSince);

    /// <summary>Whether a whole callback of it is being kept at this moment.</summary>
    public bool IsKeeping => _isKeeping;

    /// <summary>The head of a request has come.</summary>
    public void Ask() => _hasAsked = true;

    /// <summary>A callback is whole.</summary>
    public void Keep() => _isKeeping = true;

    /// <summary>It has been kept, or could not be.</summary>
    public void Kept()
    {
        Volatile.Write(ref _silentSince, time.GetTimestamp());
        _isKeeping = false;
    }

    /// <summary>Closes it where no head of a request has come. One that comes in this very moment is no gateway's:
    /// those ask as soon as they are connected.</summary>
    public void CloseIfSilent()
    {
        if (!_hasAsked)
            connection.Abort(new ConnectionAbortedException("it asked nothing in time"));
    }

    public void Close() => connection.Abort(new ConnectionAbortedException("it was silent, and its place was needed"));
}
