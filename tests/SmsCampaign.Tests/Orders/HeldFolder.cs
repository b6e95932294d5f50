using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Campaigns;
using SmsCampaign.Office;
using SmsCampaign.Orders;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Planning;

namespace SmsCampaign.Tests.Orders;

/// <summary>A campaign of which two carriers hold a segment each, beside one of our own; and whoever works with
/// it.</summary>
sealed class HeldFolder : IDisposable
{
    public static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    public static readonly Who Officer = new("Trần Thị B", "binh", "may-chu");

    public const string Viettel = """
          - name: thue-bao-viettel
            heldBy: viettel
            areas: [tỉnh Đắk Lắk, tỉnh Lâm Đồng]
            subscribers: [prepaid]
            located: serving
            estimate: 1000
            exclude: [thuê bao đã từ chối]
            acknowledgeBy: 20/7/2025
            reportBy: 8/8/2025
            contact: { name: Nguyễn Văn A, title: Trưởng phòng }
            message: chung

        """;

    const string Vnpt = """
          - name: thue-bao-vnpt
            heldBy: vinaphone
            areas: [tỉnh Đắk Lắk]
            estimate: 500
            acknowledgeBy: 20/7/2025
            reportBy: 8/8/2025
            message: chung

        """;

    readonly PreparationFolder _folder = new();

    /// <param name="withOwn">Whether there is a segment of our own as well.</param>
    public HeldFolder(bool withOwn = true)
    {
        Edit("campaign.yaml", "suppression:", Viettel + Vnpt + "suppression:");
        Edit("smscampaign.json", "\"place\":", "\"office\": \"khong-co/soffice\", \"place\":");
        if (!withOwn)
        {
            Edit("campaign.yaml", "  - { name: toan-tinh, file: subscribers.csv, message: chung }\n", "");
            Edit("campaign.yaml", "suppression: [tu-choi.csv]\nlanes: [viettel, vinaphone]\n", "");
        }
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2025, 7, 10, 9, 0, 0, TimeSpan.FromHours(7)));

    public PreparationFolder Files => _folder;

    public DataFolder Data => _folder.Data;

    public IRegistry Registry => Ledgers.OpenRegistry(Data);

    public OrderDesk Orders => new(Data, Time);

    public ResultDesk Results => new(Data, Time);

    public void Edit(string file, string before, string after) => _folder.Edit(file, before, after);

    public OrderWriting Write() => Orders.Write(Officer, _folder.Request(), null);

    public void Approve(string? reason = null) => Assert.IsType<ApprovalResult.Given>(TryApprove(reason));

    public ApprovalResult TryApprove(string? reason = null)
    {
        var request = _folder.Request();
        Assert.NotNull(new CampaignPreparation(Time).Prepare(
            request, Data, ChangedRun.PlanAgain, CancellationToken.None).Run);
        return new ApprovalDesk(Data, Time).Approve(
            new Who("Lê Văn C", "an", "may-chu"),
            new ApprovalOrder(request, null, Reason: reason),
            CancellationToken.None);
    }

    public OrderRecording Record(
        OrderStepKind kind, string holder = "viettel", string? note = null, int? rate = null) =>
        Orders.Record(Officer, Key, new OrderNews(kind, holder, null, null)
        {
            Document = "12/SKHCN-BCVT",
            Note = note,
            Rate = rate,
        });

    /// <summary>Approved, written, sent and agreed to.</summary>
    public void Agree(int? rate = null)
    {
        Approve();
        Assert.IsType<OrderWriting.Written>(Write());
        Assert.IsType<OrderRecording.Recorded>(Record(OrderStepKind.Sent));
        Assert.IsType<OrderRecording.Recorded>(Record(OrderStepKind.Acknowledged, rate: rate));
    }

    /// <summary>As they stand, each with whether it fits what stands now.</summary>
    public IReadOnlyList<HeldOrder> Read()
    {
        if (Registry.Find(Key) is { } run)
        {
            var letters = RunLetters.Read(Registry, run);
            Assert.Empty(letters.Unreadable);
            return letters.Orders;
        }

        var unreadable = new List<Wording>();
        var orders = Orders.Read(Key, unreadable);
        Assert.Empty(unreadable);
        return orders;
    }

    public HeldOrder Read(string segment) => Read().Single(order => order.Kept.Segment == segment);

    public ResultImport Import(string content, string? corrects = null, string name = "bao-cao.csv")
    {
        var file = Path.Combine(Path.GetDirectoryName(_folder.CampaignFile)!, name);
        File.WriteAllText(file, content);
        return ImportFile(file, corrects);
    }

    public ResultImport ImportFile(string file, string? corrects = null) => Results.Import(
        Officer,
        Key,
        new ResultDelivery(file, "viettel", null, null) { CorrectsAs = corrects },
        _folder.Installation,
        CancellationToken.None);

    /// <summary>The run is over, as a worker leaves it.</summary>
    public void Finish() => Registry.SetState(Key, RunState.Finished, Time.GetUtcNow());

    /// <summary>The morning after, when carriers have something to report.</summary>
    public void PassTheDay() => Time.SetUtcNow(new DateTimeOffset(2025, 7, 31, 9, 0, 0, TimeSpan.FromHours(7)));

    public Campaign ReadCampaign() => CampaignFile.Read(
        _folder.CampaignFile, ["viettel", "vinaphone"], holders: ["viettel", "vinaphone"]).Campaign!;

    public void Dispose() => _folder.Dispose();
}
