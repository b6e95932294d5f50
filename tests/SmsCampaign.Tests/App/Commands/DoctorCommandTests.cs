using System.Text.Json;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace SmsCampaign.Tests.App.Commands;

public sealed class DoctorCommandTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly WireMockServer _vnpt = WireMockServer.Start();
    readonly string _installation;

    public DoctorCommandTests()
    {
        _installation = _folder.Write("smscampaign.json", $$"""
            {
              "lanes": {
                "vnpt": {
                  "type": "vnpt", "standIn": true, "carriers": ["vinaphone"], "rate": 10, "pricePerPart": 300, "receiptTrust": "network",
                  "url": "{{_vnpt.Url}}/", "agentId": "1", "apiUser": "api", "apiPass": "${file:secret}", "userName": "u", "labelId": "7", "contractId": "4",
                  "templates": [{ "id": "9" }]
                },
                "khac": {
                  "type": "http", "standIn": true, "carriers": ["viettel"], "rate": 10, "pricePerPart": 300, "receiptTrust": "none",
                  "url": "{{_vnpt.Url}}/sms", "form": { "to": "{to}", "text": "{text}", "id": "{reference}" }, "answer": { "code": "code", "accepted": ["0"] }
                }
              }
            }
            """);
        _folder.Write("secret", "s3cret");
    }

    public void Dispose()
    {
        _vnpt.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_says_what_the_gateways_say_and_sends_nothing()
    {
        Answer(
            """{"RPLY": {"ERROR": "0", "LABELDETAIL": [{"LABELID": 7, "LABEL": "CHINH PHU"}], "TEMPLATEDETAIL": [{"TEMPLATEID": 9, "TEMPLATECONTENT": "gọi 84912345678", "TOTALPARAM": 1}]}}""");

        var (code, output) = await RunAsync("doctor");

        Assert.Equal(0, code);
        Assert.Contains("ĐƯỢC Kênh gửi vnpt: ", Shown.Flat(output), StringComparison.Ordinal);
        Assert.Contains("Tên định danh 7 là “CHINH PHU”", Shown.Flat(output), StringComparison.Ordinal);
        Assert.Contains(
            "Kênh gửi khac: chưa kiểm tra được: cổng nhắn tin loại http không hỏi được về tài khoản",
            Shown.Flat(output),
            StringComparison.Ordinal);
        Assert.DoesNotContain("84912345678", output, StringComparison.Ordinal);
        Assert.All(
            _vnpt.LogEntries, entry => Assert.Contains("\"get_", entry.RequestMessage!.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_must_be_mended_is_exit_code_1()
    {
        Answer("""{"RPLY": {"ERROR": "1"}}""");

        var (code, output) = await RunAsync("doctor", "vnpt", "--json");

        Assert.Equal(1, code);
        var lane = Assert.Single(JsonDocument.Parse(output).RootElement.GetProperty("lanes").EnumerateArray());
        Assert.Equal(("vnpt", false), (lane.GetProperty("name").GetString(), lane.GetProperty("isGood").GetBoolean()));
        Assert.DoesNotContain("s3cret", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_lane_must_be_mended_too()
    {
        Ledgers.OpenRegistry(new DataFolder(_folder.Path)).Stops.Add(
            new LaneStop("khac", DateTimeOffset.UnixEpoch, "code 5"));

        var (code, output) = await RunAsync("doctor", "khac");

        Assert.Equal(1, code);
        Assert.Contains("Kênh gửi 'khac' ĐÃ DỪNG", Shown.Flat(output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lane_that_does_not_exist_is_named()
    {
        var (code, output) = await RunAsync("doctor", "viettel");

        Assert.Equal(2, code);
        Assert.Contains("Không có kênh gửi nào tên 'viettel'. Đang có: vnpt, khac.", output, StringComparison.Ordinal);
    }

    void Answer(string body) => _vnpt.Given(Request.Create().UsingPost()).RespondWith(Response.Create().WithBody(body));

    async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(
            [.. arguments, "--data", _folder.Path, "--installation", _installation],
            new Terminal(output, output, Language.Vietnamese, outputIsTerminal: false),
            CancellationToken.None);
        return (code, output.ToString());
    }
}
