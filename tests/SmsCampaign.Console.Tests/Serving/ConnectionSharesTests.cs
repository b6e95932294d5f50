using System.Net;
using Microsoft.AspNetCore.Connections;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.Tests.WebConsole.Serving;

/// <summary>How many connections one address may hold.</summary>
public sealed class ConnectionSharesTests
{
    readonly ConnectionShares _shares = new(mostOfOne: 2);
    readonly TaskCompletionSource _over = new();
    int _served;

    [Theory]
    [InlineData("203.0.113.5", "203.0.113.5", "203.0.113.6")]
    [InlineData("2001:db8::1", "2001:db8::ffff", "2001:db8:0:1::1")] // one /64 is one owner's
    public async Task Beyond_its_share_an_address_has_none_and_others_have_theirs(
        string first, string second, string other)
    {
        var (a, b) = (Serve(first), Serve(second));
        await Serve(second);
        Assert.Equal(2, _served);

        var c = Serve(other);
        Assert.Equal(3, _served);

        _over.SetResult();
        await Task.WhenAll(a, b, c);
        await Serve(first);
        Assert.Equal(4, _served);
    }

    Task Serve(string from) => _shares.ServeAsync(
        new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(from), 50_000) },
        async _ =>
        {
            _served++;
            await _over.Task;
        });
}
