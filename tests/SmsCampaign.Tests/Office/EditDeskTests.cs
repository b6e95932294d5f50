using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>Campaign files changed before they are planned.</summary>
public sealed class EditDeskTests : IDisposable
{
    const string Campaign = "thu-nghiem";

    readonly TempFolder _folder = new();
    readonly Who _who = Who.OnTheWeb("Trần Thị B", "b", null);

    public EditDeskTests()
    {
        _folder.Write($"campaigns/{Campaign}/campaign.yaml", CampaignFolder.Valid);
        _folder.Write($"campaigns/{Campaign}/subscribers.csv", "Số điện thoại\n");
        _folder.Write($"campaigns/{Campaign}/tu-choi.csv", "Số điện thoại\n");
    }

    string File => _folder.File($"campaigns/{Campaign}/campaign.yaml");

    DataFolder Data => new(_folder.File("data"));

    EditDesk Desk => new(
        new CampaignFolders(_folder.File("campaigns")),
        Repository.PathOf("config/smscampaign.json"),
        Data,
        TimeProvider.System);

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public void What_is_typed_is_saved_in_its_place_and_both_versions_are_kept()
    {
        var before = Desk.Find(Campaign)!;
        Assert.Empty(before.Problems);

        var saved = Assert.IsType<EditResult.Saved>(Desk.Save(_who, Campaign, before.Hash, Typed(
            ("title", "Tin thử: lần hai"), ("limits.messages", "6.000"), ("directive.number", "12/UBND-NC"),
            ("lanes", "viettel\r\nvinaphone"))));

        Assert.Equal(2, saved.Version.Number);
        Assert.Equal(("Trần Thị B", VersionCause.Fields), (saved.Version.Person, saved.Version.Cause));
        Assert.StartsWith("web:b@", saved.Version.Account, StringComparison.Ordinal);
        Assert.Equal(
            CampaignFolder.Valid
                .Replace("title: Tin thử", "title: \"Tin thử: lần hai\"", StringComparison.Ordinal)
                .Replace(
                    "  issuer: UBND tỉnh\n", "  issuer: UBND tỉnh\n  number: 12/UBND-NC\n", StringComparison.Ordinal)
                .Replace("lanes: [viettel, gmobile]", "lanes: [viettel, vinaphone]", StringComparison.Ordinal)
                .Replace("messages: 5000", "messages: 6000", StringComparison.Ordinal),
            System.IO.File.ReadAllText(File));
        var versions = Desk.ReadVersions(Campaign);
        Assert.Equal([VersionCause.Outside, VersionCause.Fields], versions.Select(version => version.Cause));
        Assert.Equal(CampaignFolder.Valid, Desk.ReadVersion(Campaign, versions[0]));
        Assert.Equal(Desk.Find(Campaign)!.Hash, versions[1].Hash);
    }

    [Fact]
    public void Where_nothing_is_other_nothing_is_written()
    {
        var edited = Desk.Find(Campaign)!;

        Assert.IsType<EditResult.Unchanged>(Desk.Save(
            _who, Campaign, edited.Hash, edited.Fields.ToDictionary(field => field.Path, field => field.Value)));
        Assert.Empty(Desk.ReadVersions(Campaign));
    }

    [Fact]
    public void Nothing_is_saved_over_what_another_saved_meanwhile()
    {
        var seen = Desk.Find(Campaign)!.Hash;
        Assert.IsType<EditResult.Saved>(Desk.Save(_who, Campaign, seen, Typed(("title", "Của C"))));

        var stale = Assert.IsType<EditResult.Stale>(Desk.Save(_who, Campaign, seen, Typed(("title", "Của B"))));

        Assert.Equal("Của C", stale.Now.Fields.First(field => field.Path == "title").Value);
        Assert.Contains("title: Của C", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        Assert.Equal(2, Desk.ReadVersions(Campaign).Count);
    }

    [Fact]
    public void What_cannot_be_put_in_its_place_is_not_saved_and_the_whole_text_can_be()
    {
        _folder.Write(
            $"campaigns/{Campaign}/campaign.yaml",
            CampaignFolder.Valid.Replace(
                "lanes: [viettel, gmobile]", "lanes:\n  - viettel\n  # giữa\n  - gmobile", StringComparison.Ordinal));
        var edited = Desk.Find(Campaign)!;

        var result = Assert.IsType<EditResult.OutOfPlace>(
            Desk.Save(_who, Campaign, edited.Hash, Typed(("title", "Khác"), ("lanes", "viettel"))));
        Assert.Equal("lanes", result.Path);
        Assert.Equal(edited.Hash, Desk.Find(Campaign)!.Hash);

        var text = edited.Text!.Replace("  - gmobile\n", "", StringComparison.Ordinal).ReplaceLineEndings("\r\n");
        Assert.IsType<EditResult.Saved>(Desk.SaveText(_who, Campaign, edited.Hash, text));
        Assert.Equal(text.ReplaceLineEndings("\n"), System.IO.File.ReadAllText(File));
    }

    [Theory]
    [InlineData("id: [")]
    [InlineData("id: khac\ntitle: x\n")]
    [InlineData("")]
    public void A_text_that_is_none_of_this_campaign_is_refused(string text)
    {
        var edited = Desk.Find(Campaign)!;

        var refused = Assert.IsType<EditResult.Refused>(Desk.SaveText(_who, Campaign, edited.Hash, text));

        Assert.NotEmpty(refused.Problems);
        Assert.Equal(edited.Hash, Desk.Find(Campaign)!.Hash);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../campaigns/thu-nghiem")]
    [InlineData("/etc")]
    [InlineData("thu-nghiem/../thu-nghiem")]
    [InlineData("Thu-Nghiem")]
    [InlineData("nul")]
    [InlineData("")]
    public void Nothing_but_a_name_leads_to_a_file(string name)
    {
        Assert.Null(Desk.Find(name));
        Assert.IsType<EditResult.Gone>(Desk.Save(_who, name, "", Typed()));
    }

    [Fact]
    public void A_link_leads_nowhere()
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateSymbolicLink(_folder.File("campaigns/lien-ket"), _folder.File($"campaigns/{Campaign}"));
        Directory.CreateDirectory(_folder.File("campaigns/trong"));
        System.IO.File.CreateSymbolicLink(_folder.File("campaigns/trong/campaign.yaml"), File);

        Assert.Null(Desk.Find("lien-ket"));
        Assert.Null(Desk.Find("trong"));
        Assert.Equal([Campaign], new CampaignFolders(_folder.File("campaigns")).Read());
    }

    [Fact]
    public void What_is_being_sent_is_not_changed_and_what_is_approved_says_so()
    {
        var run = new RunRecord
        {
            Key = $"{Campaign}/2025-07-30",
            Campaign = Campaign,
            Date = "2025-07-30",
            Code = "abcdefgh",
            State = RunState.Approved,
            File = "runs/some.db",
            CampaignFile = File,
            Definition = CampaignFolder.Valid,
            DefinitionHash = "a",
            AudienceHash = "b",
            PlanHash = "c",
        };
        var registry = Ledgers.OpenRegistry(Data);
        registry.AddRun(run, DateTimeOffset.UnixEpoch);
        Assert.NotNull(Desk.Find(Campaign)!.Note);
        Assert.True(Desk.Find(Campaign)!.IsApproved);
        Assert.Null(Desk.Find(Campaign)!.Stop);

        registry.AddRun(
            run with
            {
                Key = $"{Campaign}/2025-07-31",
                Date = "2025-07-31",
                State = RunState.Sending,
                Code = "abcdefgi",
            },
            DateTimeOffset.UnixEpoch);
        var edited = Desk.Find(Campaign)!;
        Assert.IsType<EditResult.Stopped>(Desk.Save(_who, Campaign, edited.Hash, Typed(("title", "Khác"))));
        Assert.Equal(CampaignFolder.Valid, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_version_is_never_written_over_and_a_broken_line_of_the_index_hides_no_other()
    {
        foreach (var title in new[] { "Một", "Hai", "Ba" })
        {
            Assert.IsType<EditResult.Saved>(
                Desk.Save(_who, Campaign, Desk.Find(Campaign)!.Hash, Typed(("title", title))));
            System.IO.File.AppendAllText(_folder.File($"campaigns/{Campaign}/ban/danh-sach.jsonl"), "{hỏng\n");
        }

        Assert.Equal([1, 2, 3, 4], Desk.ReadVersions(Campaign).Select(version => version.Number));
        Assert.All(Desk.ReadVersions(Campaign), version => Assert.NotNull(Desk.ReadVersion(Campaign, version)));
    }

    [Fact]
    public void Every_field_of_every_sample_can_be_typed_anew()
    {
        foreach (var sample in Directory.EnumerateDirectories(Repository.PathOf("samples")))
        {
            var name = Path.GetFileName(sample);
            _folder.Write(
                $"campaigns/{name}/campaign.yaml", System.IO.File.ReadAllText(Path.Combine(sample, "campaign.yaml")));
            var edited = Desk.Find(name)!;
            Assert.True(edited.Fields.Count > 20);
            foreach (var field in edited.Fields)
            {
                var filled = EditDesk.Fill(edited, Typed((field.Path, field.Kind switch
                {
                    EditKind.Number => "12",
                    EditKind.Choice => field.Choices[^1],
                    EditKind.List => "một\nhai, ba",
                    _ => "Chữ mới",
                })));
                Assert.True(filled.Text is not null, $"{name}: {field.Path}");
            }
        }
    }

    static Dictionary<string, string> Typed(params (string Path, string Value)[] values) =>
        values.ToDictionary(each => each.Path, each => each.Value);
}
