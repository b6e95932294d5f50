using SmsCampaign.Installations;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Installations;

/// <summary>Where the installation file has receipts listened for, and from whom it has them taken.</summary>
public sealed class InstallationReceiptsTests : IDisposable
{
    const string Lane = """
        "type": "http", "carriers": ["viettel"], "rate": 10, "pricePerPart": 300, "url": "https://gateway.example/", "body": { "r": "{reference}", "t": "{to}", "x": "{text}" }, "answer": { "id": "id" }
        """;

    const string TakesNone = "\"standIn\": true, \"receiptTrust\": \"none\"";

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    // of a name every address would be opened
    [InlineData("http://sms.example:8090", "receipts.listen", "write the IP address")]
    [InlineData("http://127.0.0.1:8090/receipts", "receipts.listen", "nothing behind it")]
    [InlineData("http://127.0.0.1:8090/?a=1", "receipts.listen", "nothing behind it")]
    [InlineData("http://u:p@127.0.0.1:8090/", "receipts.listen", "nothing behind it")]
    [InlineData("http://127.1:8090", "receipts.listen", "Expected http://")] // .NET reads 127.0.0.1
    [InlineData("http://0x7f000001:8090", "receipts.listen", "Expected http://")]
    [InlineData("http://2130706433:8090/", "receipts.listen", "Expected http://")]
    [InlineData("http://0177.0.0.1:8090", "receipts.listen", "Expected http://")]
    [InlineData("http://127.0.0.01", "receipts.listen", "Expected http://")]
    [InlineData("http://127.0.0.1.:8090", "receipts.listen", "Expected http://")]
    [InlineData("http://*:8090", "receipts.listen", "Expected a full address such as \"http://127.0.0.1:8090\"")]
    [InlineData("http://+:8090", "receipts.listen", "Expected a full address such as \"http://127.0.0.1:8090\"")]
    [InlineData("https://127.0.0.1:8090", "receipts.listen", "Expected http://")]
    [InlineData("http://0.0.0.0:8090", "receipts.listen", "write why into 'allowBeyondLoopback'")]
    [InlineData("http://[::]:8090", "receipts.listen", "write why into 'allowBeyondLoopback'")]
    [InlineData("http://203.0.113.7:8090", "receipts.listen", "write why into 'allowBeyondLoopback'")]
    [InlineData(
        "http://203.0.113.7:8090\", \"allowBeyondLoopback\": \"yes",
        "receipts.allowBeyondLoopback",
        "Write the reason")]
    [InlineData(
        "http://127.0.0.1:8090\", \"allowBeyondLoopback\": \"a line of our own",
        "receipts.allowBeyondLoopback",
        "take the key out")]
    [InlineData(
        "http://127.0.0.1:8090\", \"publicUrl\": \"https://u:p@sms.example/",
        "receipts.publicUrl",
        "No name and password")]
    public void Receipts_are_listened_for_on_this_machine_or_on_one_address_for_a_reason(
        string listen, string key, string expected)
    {
        var problem = Assert.Single(Read(
            $$"""{ "receipts": { "listen": "{{listen}}" }, "lanes": { "a": { {{Lane}}, {{TakesNone}} } } }""").Problems);

        Assert.Equal((key, 1), (problem.Where!.Key, problem.Where.Line));
        Assert.Contains(expected, problem.What.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8090")]
    [InlineData("http://localhost:8090/")]
    [InlineData("http://[::1]:8090")]
    [InlineData("http://203.0.113.7:8090\", \"allowBeyondLoopback\": \"a line of our own to the proxy")]
    public void An_address_of_this_machine_or_one_with_a_reason_is_listened_at(string listen) =>
        Good($$"""{ "receipts": { "listen": "{{listen}}" }, "lanes": { "a": { {{Lane}}, {{TakesNone}} } } }""");

    const string TakesReceipts = """
        "standIn": false, "receiptTrust": "handset", "receipts": { "id": "id", "status": "s", "statuses": { "1": "delivered" } }
        """;

    [Theory]
    [InlineData("", Severity.Error, "lanes.a.callback", "whoever calls")]
    [InlineData(", \"callback\": {}", Severity.Error, "lanes.a.callback", "whoever calls")]
    [InlineData(
        ", \"callback\": { \"from\": [\"203.0.113.0/24\", \"0.0.0.0/0\"] }",
        Severity.Error,
        "lanes.a.callback",
        "whoever calls")]
    [InlineData(", \"callback\": { \"from\": [\"::/0\"] }", Severity.Error, "lanes.a.callback", "whoever calls")]
    [InlineData(
        ", \"callback\": { \"from\": [\"128.0.0.0/1\", \"203.0.113.7\", \"0.0.0.0/2\", \"64.0.0.0/2\"] }",
        Severity.Error,
        "lanes.a.callback",
        "whoever calls")]
    [InlineData(
        ", \"callback\": { \"from\": [\"::/1\", \"8000::/1\"] }", Severity.Error, "lanes.a.callback", "whoever calls")]
    // 0.0.0.0/0
    [InlineData(
        ", \"callback\": { \"from\": [\"::ffff:0:0/96\"] }", Severity.Error, "lanes.a.callback", "whoever calls")]
    [InlineData(", \"callback\": { \"open\": \"yes\" }", Severity.Error, "lanes.a.callback.open", "Write the reason")]
    [InlineData(
        ", \"callback\": { \"open\": \"only the leased line reaches it\", \"from\": [\"203.0.113.7\"] }",
        Severity.Error,
        "lanes.a.callback.open",
        "Take the key out")]
    [InlineData(
        ", \"callback\": { \"open\": \"only the leased line reaches it\" }",
        Severity.Warning,
        "lanes.a.callback.open",
        "\"only the leased line reaches it\"")]
    public void A_live_lane_tells_its_gateways_receipts_or_says_why_it_does_not(
        string callback, Severity severity, string key, string expected)
    {
        var problem = Assert.Single(
            Read($$"""{ "lanes": { "a": { {{Lane}}, {{TakesReceipts}}{{callback}} } } }""").Problems);

        Assert.Equal((severity, key, 1), (problem.Severity, problem.Where!.Key, problem.Where.Line));
        Assert.Contains(expected, problem.What.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(", \"callback\": { \"secret\": \"${env:SECRET}\" }")]
    [InlineData(", \"callback\": { \"user\": \"u\", \"password\": \"${env:SECRET}\" }")]
    [InlineData(", \"callback\": { \"from\": [\"203.0.113.7\"] }")]
    [InlineData(", \"callback\": { \"from\": [\"0.0.0.0/1\", \"192.0.0.0/2\", \"::ffff:203.0.113.7\"] }")]
    public void Any_one_guard_is_enough(string callback) =>
        Good(
            $$"""{ "lanes": { "a": { {{Lane}}, {{TakesReceipts}}{{callback}} } } }""", new() { ["SECRET"] = "0123456789abcdef" });

    [Theory]
    [InlineData("\"user\": \"gw\", \"password\": \"\"", "password")] // nobody has to know it
    [InlineData("\"user\": \"\", \"password\": \"\"", "user")]
    [InlineData("\"user\": \" \", \"password\": \"${env:SECRET}\"", "user")]
    public void What_nobody_has_to_know_is_no_guard(string callback, string key)
    {
        var problem = Read(
            $$"""{ "lanes": { "a": { {{Lane}}, {{TakesReceipts}}, "callback": { {{callback}} } } } }""", new() { ["SECRET"] = "0123456789abcdef" }).Problems[0];

        Assert.Equal((Severity.Error, $"lanes.a.callback.{key}"), (problem.Severity, problem.Where!.Key));
        Assert.Contains("may not be empty", problem.What.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"0.0.0.0/0\"")]
    [InlineData("\"10.0.0.0/8\", \"0.0.0.0/1\", \"128.0.0.0/1\"")]
    public void Not_everybody_is_a_proxy_of_ours(string proxies)
    {
        var problem = Assert.Single(Read(
            $$"""{ "receipts": { "proxies": [{{proxies}}] }, "lanes": { "a": { {{Lane}}, {{TakesNone}} } } }""").Problems);

        Assert.Equal("receipts.proxies", problem.Where!.Key);
        Assert.Contains("every address", problem.What.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.1")] // .NET reads 10.0.0.1
    [InlineData("010.0.0.0/8")] // and 8.0.0.0/8
    [InlineData("0x0a000001")]
    [InlineData("10.0/16")]
    public void An_address_is_written_as_everybody_reads_it(string from)
    {
        var problem = Read(
            $$"""{ "lanes": { "a": { {{Lane}}, {{TakesReceipts}}, "callback": { "from": ["{{from}}"] } } } }""").Problems[0];

        Assert.Contains("neither an IP address nor a network", problem.What.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stand_in_needs_no_guard() => Good(
        $$"""{ "lanes": { "a": { {{Lane}}, {{TakesReceipts.Replace("false", "true", StringComparison.Ordinal)}} } } }""");

    void Good(string text, Dictionary<string, string>? environment = null)
    {
        var reading = Read(text, environment);
        Assert.Empty(reading.Problems);
        Assert.NotNull(reading.Installation);
    }

    InstallationReading Read(string text, Dictionary<string, string>? environment = null) =>
        Installation.Read(_folder.Write("smscampaign.json", text), environment ?? []);
}
