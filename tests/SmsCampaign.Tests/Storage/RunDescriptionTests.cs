using System.Text.Json;
using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Letters;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage;

public sealed class RunDescriptionTests : IDisposable
{
    const string File = "runs/some.db";

    /// <summary>Every row there is, in the order of their names.</summary>
    static readonly string[] Names =
    [
        "audience", "audience_hash", "campaign", "code", "created_at", "date", "definition_hash", "directive",
        "earlier", "fallback", "inputs", "issuer", "key", "letters", "mode", "plan_hash", "priority", "report_by",
        "report_to", "sender", "simulated", "text:chinh", "text:phụ, \"hai\"", "time_zone", "title", "tries",
        "valid_hours", "window", "yearly",
    ];

    static readonly string[] Letters = ["a", "Z", " ", "đ", "'", "\"", "\n", ";", ":", "{", "}", "🙂", "0"];

    readonly TempFolder _folder = new();
    SqliteDb? _db;

    public void Dispose()
    {
        _db?.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    public void Whatever_is_written_is_read_again(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var written = Some(random);

            var read = DescriptionRows.ReadWhole(Store(written.ToRows()));

            Assert.Equal(Told(written), Told(read));
            Assert.Equal(written.ToRows(), read.ToRows());
        }
    }

    [Fact]
    public void Every_row_is_written_where_there_is_something_to_say() =>
        Assert.Equal(Names, Full.ToRows().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void A_ledger_of_the_program_before_says_the_same_and_would_be_written_the_same()
    {
        var before = Before();

        var read = DescriptionRows.ReadWhole(Store(before));

        var again = read.ToRows();
        Assert.Equal(before.Keys.Order(), again.Keys.Order());
        Assert.All(before, row => Assert.Equal(row.Value, again[row.Key]));
        Assert.Equal(
            (new RunKey("dak-lak-2025", new DateOnly(2025, 7, 30), Simulated: true), "szg8vqbn", "CHINH PHU"),
            (read.Key, read.Code, read.Sender));
        Assert.Equal(
            (CampaignMode.Exercise, false, new RetryPolicy(10, TimeSpan.FromHours(24)), 5),
            (read.Mode, read.Yearly, read.Retry, read.Priority));
        Assert.Equal(
            ("Asia/Ho_Chi_Minh", "08:00-20:00", new DateOnly(2025, 9, 30)),
            (read.Zone.Id, read.Window, read.ReportBy!.Value));
        Assert.Equal( // not the campaign file's defaults: these may change, and what was approved may not
            (new CanaryPolicy(50, 60, TimeSpan.FromMinutes(5), 20), new GuardPolicy(20, TimeSpan.FromMinutes(5), 200)),
            (read.Canary, read.Guard));
        Assert.Equal(5_000, read.Origin!.Audience.Total);
        Assert.Equal(5, read.Origin.Inputs.Count);
        Assert.StartsWith("Toàn dân tích cực", read.Texts["thong-diep"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_oldest_ledgers_rows_are_enough_and_what_they_lack_is_what_it_was_then()
    {
        var read = DescriptionRows.Read(Store(new Dictionary<string, string>
        {
            ["key"] = "some/2025-07-30",
            ["code"] = SomeRun.Code,
            ["sender"] = "CHINH PHU",
            ["text:chinh"] = "Tin",
            ["receipts_through"] = "7 0 0",
            ["of_a_newer_program"] = "?",
        }));

        Assert.Equal(
            ("some", new DateOnly(2025, 7, 30), false, CampaignMode.Live),
            (read.Campaign, read.Date, read.Simulated, read.Mode));
        Assert.Equal(
            (RetryPolicy.Default, CampaignPriority.Standard, TimeZoneInfo.Utc, false),
            (read.Retry, read.Priority, read.Zone, read.UsesFallback));
        Assert.Equal(("", "", "", null, null), (read.Title, read.Window, read.Earlier, read.ReportBy, read.CreatedAt));
        Assert.Equal("Tin", Assert.Single(read.Texts).Value);
    }

    [Theory]
    [InlineData("key", "some", "key of a run")]
    [InlineData("mode", "maybe", "mode (live, exercise)")]
    [InlineData("simulated", "yes", "0 or 1")]
    [InlineData("yearly", "", "0 or 1")]
    [InlineData("date", "30/7/2025", "date (expected one as 2025-07-30)")]
    [InlineData("report_by", "soon", "date (expected one as 2025-07-30)")]
    [InlineData("tries", "ten", "whole number")]
    [InlineData("valid_hours", "24.5", "whole number")]
    [InlineData("priority", "-1", "whole number")]
    [InlineData("created_at", "today", "time")]
    [InlineData("audience", "{", "JSON")]
    [InlineData("audience", "null", "JSON")]
    [InlineData("letters", "[]", "JSON")]
    [InlineData("inputs", "[{\"Role\": \"Whatever\"}]", "JSON")]
    public void A_row_that_cannot_be_read_is_named_with_what_it_should_say(string name, string value, string expected)
    {
        var db = Store(new Dictionary<string, string>(Full.ToRows()) { [name] = value });

        var refused = Assert.Throws<LedgerRowException>(() => DescriptionRows.ReadWhole(db));

        Assert.StartsWith(
            $"some.db, table run_info, row {name}: '{value}' is no {expected}",
            refused.Words.En,
            StringComparison.Ordinal);
        Assert.StartsWith(
            $"some.db, bảng run_info, dòng {name}: '{value}' không phải là ",
            refused.Words.Vi,
            StringComparison.Ordinal);
        Assert.Equal(StorageFault.Foreign, StorageFaults.KindOf(refused));
    }

    [Theory]
    [InlineData("key")]
    [InlineData("code")]
    [InlineData("sender")]
    [InlineData("audience")]
    [InlineData("inputs")]
    public void A_row_without_which_no_run_is_is_named(string name)
    {
        var rows = new Dictionary<string, string>(Full.ToRows());
        rows.Remove(name);
        var db = Store(rows);

        Assert.StartsWith(
            $"some.db, table run_info: no row {name}.",
            Assert.Throws<LedgerRowException>(() => DescriptionRows.ReadWhole(db)).Words.En,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_the_comparison_with_the_files_needs_does_not_stop_who_does_not_need_it()
    {
        var db = Store(new Dictionary<string, string>(Full.ToRows()) { ["audience"] = "{", ["inputs"] = "" });

        Assert.Equal(Full.Title, DescriptionRows.Read(db).Title);
    }

    [Fact]
    public void A_text_that_a_segment_is_sent_and_the_ledger_does_not_have_is_named()
    {
        var path = SomeRun.Create(_folder.Path, messages: 2);
        using var db = SqliteDb.Open(path);
        db.Execute("delete from run_info where name = 'text:chinh'");

        Assert.Contains(
            "table segment, row 1: 'chinh' is no name of a text",
            Assert.Throws<LedgerRowException>(() => RunInfoRows.Read(db)).Words.En,
            StringComparison.Ordinal);
    }

    static RunDescription Full => new()
    {
        Key = RunKey.Parse("some/2025-07-30/simulated"),
        Code = SomeRun.Code,
        Title = "Thử",
        Sender = "CHINH PHU",
        ReportBy = new DateOnly(2025, 9, 30),
        CreatedAt = new DateTimeOffset(2025, 7, 1, 2, 3, 4, TimeSpan.Zero),
        Earlier = "2025-07-29:abcd2345:7",
        UsesFallback = true,
        Texts = new Dictionary<string, string> { ["chinh"] = "Tin", ["phụ, \"hai\""] = "Tin khác" },
        Letters = new LetterSettings { Superior = "UBND tỉnh", CopiesTo = ["Công an tỉnh"] },
        Origin = Origin("subscribers.csv", 3),
    };

    static RunDescription Some(Random random)
    {
        T? Maybe<T>(T value) => random.Next(2) == 0 ? default : value;
        string Text() =>
            string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.GetItems(Letters, 1)[0]));
        DateOnly Day() => DateOnly.FromDayNumber(random.Next(700_000, 800_000));

        return new RunDescription
        {
            Key = new RunKey("c" + random.Next(100), Day(), random.Next(2) == 0),
            Code = Text(),
            Title = Text(),
            Mode = (CampaignMode)random.Next(2),
            Yearly = random.Next(2) == 0,
            Sender = Text(),
            Retry = new RetryPolicy(random.Next(1, 101), TimeSpan.FromHours(random.Next(1, 169))),
            Priority = random.Next(1, 11),
            TimeZone = Maybe("Asia/Ho_Chi_Minh") ?? Text(),
            Window = Text(),
            Issuer = Text(),
            Directive = Text(),
            ReportTo = Text(),
            ReportBy = random.Next(2) == 0 ? null : Day(),
            DefinitionHash = Text(),
            AudienceHash = Text(),
            PlanHash = Text(),
            CreatedAt = random.Next(2) == 0
                ? null
                : DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(4_000_000_000_000)),
            Earlier = Text(),
            UsesFallback = random.Next(2) == 0,
            Texts = Enumerable.Range(0, random.Next(4)).ToDictionary(at => at + Text(), _ => Text()),
            Letters = new LetterSettings { Place = Maybe(Text()), ReportSymbol = Text() },
            Origin = Origin(Text(), random.Next(1_000_000)),
        };
    }

    static RunOrigin Origin(string file, long rows) => new(
        new ImportedAudience
        {
            Sources = [new AudienceSource(file, "00", rows)],
            Segments = [new AudienceSegment("toan-tinh", "chinh", 1, rows)],
            Carriers =
                [new AudienceCarrier("viettel", "Viettel", "viettel"), new AudienceCarrier("wintel", "Wintel", null)],
            Areas = ["Xã Ea Bung", ""],
            Recipients = [new AudienceCount(1, 1, rows)],
            Excluded = new Dictionary<ExclusionReason, long> { [ExclusionReason.Duplicate] = rows },
            AlreadySent = new Dictionary<DateOnly, long> { [new DateOnly(2025, 7, 29)] = 1 },
            Repaired = new Dictionary<string, long> { ["zero"] = 1 },
            Hash = "b",
            Rows = new Dictionary<int, string> { [1] = "aa" },
        },
        [new RunInput(RunInputRole.Audience, file, "00"), new RunInput(RunInputRole.Ported, file, "01")]);

    /// <summary>What it says, without what compares by reference.</summary>
    static string Told(RunDescription description) => JsonSerializer.Serialize(description with { Origin = null })
        + JsonSerializer.Serialize(description.Origin!.Audience) + string.Join(';', description.Origin.Inputs);

    static Dictionary<string, string> Before() => JsonSerializer.Deserialize<Dictionary<string, string>>(
        System.IO.File.ReadAllText(Repository.PathOf("tests/SmsCampaign.Tests/Storage/Cases/run-info-before.json")))!;

    /// <summary>Makes a ledger of these rows alone.</summary>
    SqliteDb Store(IReadOnlyDictionary<string, string> rows)
    {
        _db?.Dispose();
        var path = _folder.File(File);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.Delete(path);
        _db = SqliteDb.Open(path);
        _db.Execute("pragma journal_mode = memory; pragma synchronous = off");
        _db.Execute("create table run_info (name text primary key, value text not null) strict, without rowid; begin");
        using var insert = _db.Prepare("insert into run_info (name, value) values (?, ?)");
        foreach (var (name, value) in rows)
            insert.Bind(1, name).Bind(2, value).Run();
        _db.Execute("commit");
        return _db;
    }
}
