using System.Net;
using Microsoft.AspNetCore.Connections;
using SmsCampaign.Receipts;

namespace SmsCampaign.WebConsole.Serving;

/// <summary>Of the connections no address has more than its share, so that none keeps the others out by holding all.
/// </summary>
/// <param name="mostOfOne">Of one address; of IPv6, of one /64.</param>
sealed class ConnectionShares(int mostOfOne)
{
    readonly Lock _lock = new();
    readonly Dictionary<IPAddress, int> _held = [];

    /// <summary>Has the connection served where its address has less than its share, and closed where not.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate serve)
    {
        var owner = CallerAddress.OwnerOf((connection.RemoteEndPoint as IPEndPoint)?.Address);
        if (!TryTake(owner))
        {
            connection.Abort(new ConnectionAbortedException("its address has as many connections as one may have"));
            return;
        }

        try
        {
            await serve(connection);
        }
        finally
        {
            GiveBack(owner);
        }
    }

    bool TryTake(IPAddress owner)
    {
        lock (_lock)
        {
            var held = _held.GetValueOrDefault(owner);
            if (held >= mostOfOne)
                return false;

            _held[owner] = held + 1;
            return true;
        }
    }

    void GiveBack(IPAddress owner)
    {
        lock (_lock)
        {
            if (--_held[owner] == 0)
                _held.Remove(owner);
        }
    }
}
