using System.Net;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Installations;
using SmsCampaign.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Receipts;

public sealed class CallbackGuardsTests
{
    const string Secret = "0123456789abcdef";

    [Theory]
    [InlineData("viettel", "viettel")]
    [InlineData("viettel/", null)] // has no secret
    [InlineData("viettel/x", null)]
    [InlineData("vnpt", "vnpt")] // refused by Check, not unknown
    [InlineData("vnpt/", "vnpt")]
    [InlineData("vnpt/x/y", "vnpt")]
    [InlineData("", null)]
    [InlineData("/vnpt", null)]
    [InlineData("nobody", null)]
    public void A_path_names_a_lane(string path, string? lane)
    {
        var guards = GuardsOf([], LaneWith("viettel", null), LaneWith("vnpt", new() { Secret = Secret }));

        var guard = guards.Find(path);
        Assert.Equal(lane, guard?.Lane);
        Assert.Equal(lane == "viettel", guard?.TakesAnybody ?? false);
    }

    [Theory]
    [InlineData(Secret, null)]
    [InlineData(null, CallbackRefusal.Secret)]
    [InlineData("0123456789abcdeF", CallbackRefusal.Secret)]
    [InlineData(Secret + "/", CallbackRefusal.Secret)]
    public void The_path_must_end_in_the_secret(string? given, CallbackRefusal? expected) =>
        Assert.Equal(expected, Check(new() { Secret = Secret }, new(given, null, IPAddress.Loopback, null)));

    [Theory]
    [InlineData("Basic dm5wdDpt4bqtdA==", null)] // vnpt:mật in UTF-8 (RFC 7617, 2.1)
    [InlineData("basic dm5wdDpt4bqtdA==", null)] // the scheme's case does not matter (RFC 9110, 11.1)
    [InlineData("Basic dm5wdDpt4bqtdQ==", CallbackRefusal.Password)]
    [InlineData("Bearer dm5wdDpt4bqtdA==", CallbackRefusal.Password)]
    [InlineData("Basic", CallbackRefusal.Password)]
    [InlineData(null, CallbackRefusal.Password)]
    public void User_and_password_must_be_the_lanes(string? authorization, CallbackRefusal? expected) =>
        Assert.Equal(
            expected,
            Check(new() { User = "vnpt", Password = "mật" }, new(null, authorization, IPAddress.Loopback, null)));

    [Theory]
    [InlineData("203.0.113.7", null, null)]
    [InlineData("::ffff:203.0.113.7", null, null)] // as a socket of both versions says it (RFC 4291, 2.5.5.2)
    [InlineData("198.51.100.1", null, CallbackRefusal.Address)]
    [InlineData("198.51.100.1", "203.0.113.7", CallbackRefusal.Address)] // anybody can write that
    [InlineData("10.0.0.1", "203.0.113.7", null)] // our proxy says so
    [InlineData("10.0.0.1", "198.51.100.1", CallbackRefusal.Address)]
    // the left is what the caller wrote itself
    [InlineData("10.0.0.1", "203.0.113.7, 198.51.100.1", CallbackRefusal.Address)]
    [InlineData("10.0.0.1", "198.51.100.1, 203.0.113.7 , 10.0.0.2", null)] // two proxies of ours
    [InlineData("10.0.0.1", "unknown", CallbackRefusal.Address)]
    [InlineData("10.0.0.1", null, CallbackRefusal.Address)]
    [InlineData("10.0.0.1", "", CallbackRefusal.Address)]
    public void It_must_come_from_the_gateways_network(string from, string? forwarded, CallbackRefusal? expected) =>
        Assert.Equal(expected, Check(
            new() { From = ["203.0.113.0/24", "2001:db8::1"] }, new(null, null, IPAddress.Parse(from), forwarded)));

    [Fact]
    public void All_that_is_set_must_hold()
    {
        CallbackOptions both = new() { Secret = Secret, From = ["203.0.113.7"] };

        Assert.Equal(CallbackRefusal.Address, Check(both, new(Secret, null, IPAddress.Loopback, null)));
        Assert.Equal(CallbackRefusal.Secret, Check(both, new(null, null, IPAddress.Parse("203.0.113.7"), null)));
        Assert.Null(Check(both, new(Secret, null, IPAddress.Parse("203.0.113.7"), null)));
    }

    static CallbackRefusal? Check(CallbackOptions options, CallbackCaller caller) =>
        GuardsOf(["10.0.0.0/8"], LaneWith("vnpt", options)).Find("vnpt")!.Check(caller);

    static CallbackGuards GuardsOf(List<string> proxies, params IEnumerable<Lane> lanes)
    {
        var clock = new ProcessClock(TimeProvider.System);
        using var accounts = new LaneAccounts(
            lanes.Select(lane => new LaneAccount(lane, ScriptedCarrier.ThatAccepts(), new Pace(10, clock))), clock);
        return CallbackGuards.Of(accounts, new ReceiptSettings { Proxies = proxies });
    }

    static Lane LaneWith(string name, CallbackOptions? callback) =>
        new(name, new HttpLaneOptions { Receipts = new(), Callback = callback });

    [Fact]
    public void A_lane_whose_gateway_brings_no_receipts_has_no_address_for_them() =>
        Assert.Null(
            GuardsOf([], new Lane("vnpt", new HttpLaneOptions { Callback = new() { Secret = Secret } })).Find("vnpt"));

    [Theory]
    [InlineData("203.0.113.7", null, "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", null, "203.0.113.7")]
    [InlineData("203.0.113.7", "198.51.100.1", "203.0.113.7")] // anybody can write that
    [InlineData("10.0.0.1", "198.51.100.1", "198.51.100.1")] // our proxy says so
    [InlineData("2001:db8:1:2:3:4:5:6", null, "2001:db8:1:2::")] // any of its network is the same household's
    [InlineData("::1", null, "::1")]
    public void A_callback_counts_towards_the_share_of_whom_it_comes_from(
        string from, string? forwarded, string owner) =>
        Assert.Equal(
            IPAddress.Parse(owner),
            GuardsOf(["10.0.0.0/8"], LaneWith("vnpt", null)).Find("vnpt")!.OwnerOf(IPAddress.Parse(from), forwarded));
}
