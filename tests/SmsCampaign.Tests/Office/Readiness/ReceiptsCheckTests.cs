using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Office.Readiness;

public sealed class ReceiptsCheckTests
{
    static readonly Uri Outside = new("https://sms.tinh.example/cong/");
    static readonly WebAnswer Ours = new(200, "sms-campaign\n", new Reach.Open(null));
    static readonly Wording Why = new("máy đó từ chối kết nối", "refused");

    [Fact]
    public async Task Where_no_lane_is_called_back_nothing_need_listen() => ReadyCases.Is(
        ReadyLight.Green,
        "không kênh gửi nào nhận biên nhận",
        await new ReceiptsCheck(new ReadyCases.Web(_ => throw new InvalidOperationException()))
            .LookAsync(ReadyCases.Of(ReadyCases.Lane("viettel"))));

    [Fact]
    public async Task A_worker_that_listens_is_green_and_asked_at_the_address_of_the_file()
    {
        var asked = new List<Uri>();

        var found = await LookAsync(address =>
        {
            asked.Add(address);
            return Ours;
        });

        ReadyCases.Is(ReadyLight.Green, "đang nghe ở http://127.0.0.1:8090", Assert.Single(found));
        Assert.Equal([new Uri("http://127.0.0.1:8090/receipts/-")], asked);
    }

    [Fact]
    public async Task Somebody_else_at_the_address_is_red()
    {
        var found = await LookAsync(_ => new WebAnswer(200, "nginx", new Reach.Open(null)));

        ReadyCases.Is(
            ReadyLight.Red, "dịch vụ không trả lời ở http://127.0.0.1:8090/ (HTTP 200)", Assert.Single(found));
    }

    [Theory]
    [InlineData(true, ReadyLight.Amber, "chưa kiểm tra được: dịch vụ không chạy nên chưa nghe")]
    [InlineData(false, ReadyLight.Red, "chương trình khác đang dùng http://127.0.0.1:8090")]
    public async Task Without_a_worker_the_port_is_looked_at(bool isFree, ReadyLight light, string said) =>
        ReadyCases.Is(light, said, Assert.Single(await LookAsync(_ => Ours, runs: false, isFree: isFree)));

    public static TheoryData<WebAnswer, ReadyLight, string> OutsideAnswers => new()
    {
        { Ours, ReadyLight.Green, "địa chỉ ngoài https://sms.tinh.example dẫn tới chương trình này" },
        { new WebAnswer(502, "", new Reach.Open(null)), ReadyLight.Red, "không dẫn tới chương trình này (HTTP 502)" },
        { new WebAnswer(null, "", new Reach.NoName(Why)), ReadyLight.Red, "(DNS: máy đó từ chối kết nối)" },
        {
            new WebAnswer(null, "", new Reach.NotTrusted("certificate not trusted: it is of another host", null)),
            ReadyLight.Red,
            "cấp cho máy chủ khác"
        },
        { new WebAnswer(403, "", new Reach.Open(null)), ReadyLight.Amber, "chưa kiểm tra được: địa chỉ ngoài" },
        { new WebAnswer(null, "", new Reach.NoConnection(Why)), ReadyLight.Amber, "từ máy này không tới được" },
    };

    /// <summary>Many proxies let in gateways alone, and many networks do not lead back in.</summary>
    [Theory]
    [MemberData(nameof(OutsideAnswers))]
    public async Task The_public_address_is_asked_as_a_gateway_would(WebAnswer answer, ReadyLight light, string said)
    {
        var asked = new List<Uri>();
        var found = await LookAsync(
            address =>
            {
                asked.Add(address);
                return address.Host == "127.0.0.1" ? Ours : answer;
            },
            outside: Outside);

        Assert.Equal(2, found.Count);
        ReadyCases.Is(light, said, found[1]);
        Assert.Equal(new Uri("https://sms.tinh.example/cong/receipts/-"), asked[1]);
    }

    static async Task<IReadOnlyList<ReadyFinding>> LookAsync(
        Func<Uri, WebAnswer> answer, bool runs = true, bool isFree = true, Uri? outside = null)
    {
        var lane = new Lane("viettel", new HttpLaneOptions
        {
            Type = "http",
            Url = new Uri("https://gateway.example/"),
            Receipts = new HttpReceiptOptions(),
        });
        Assert.True(lane.Options.TakesCallbacks);
        var about = ReadyCases.Of(lane);
        about = about with
        {
            Installation = about.Installation with { Receipts = new ReceiptSettings { PublicUrl = outside } },
        };
        var sign = new LifeSign("worker", 7, "may-chu", ReadyCases.Now, ReadyCases.Now);
        return await new ReceiptsCheck(
            new ReadyCases.Web(answer, isFree),
            _ => new WorkerSight(runs ? WorkerState.Runs : WorkerState.Ended, sign)).LookAsync(
                about, CancellationToken.None);
    }
}
