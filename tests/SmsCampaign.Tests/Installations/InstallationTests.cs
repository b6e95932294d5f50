using System.ComponentModel.DataAnnotations;
using System.Reflection;
using SmsCampaign.Carriers;
using SmsCampaign.Files.Binding;
using SmsCampaign.Installations;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Installations;

public sealed class InstallationTests : InstallationCase
{
    const string Status = "\"status\": \"s\", \"statuses\": { \"D\": \"delivered\" }";

    /// <summary>The lane's settings one by one.</summary>
    static string[] Settings(string lane) =>
        System.Text.RegularExpressions.Regex.Split(
            lane, """,\s+(?="(?:standIn|carriers|rate|receiptTrust|pricePerPart|url|body|answer)")""");

    [Fact]
    public void The_file_shipped_has_no_problems()
    {
        var reading = Installation.Read(Repository.PathOf("config/smscampaign.json"), NoEnvironment);

        Assert.Empty(reading.Problems);
        Assert.Equal(
            ["viettel 500 32", "vinaphone 300 32", "mobifone 300 32", "vietnamobile 100 16", "gmobile 50 8"],
            reading.Installation!.Lanes.Select(lane => $"{lane.Name} {lane.Options.Rate} {lane.Options.MaxInFlight}"));
        Assert.All(reading.Installation.Lanes, lane =>
        {
            Assert.True(lane.Options.StandIn);
            Assert.Equal(TimeSpan.FromHours(72), lane.Options.ReceiptTimeout); // not 72 days
        });
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_in_full()
    {
        var reading = Installation.Read("nowhere.json", NoEnvironment);

        Assert.Contains(
            Path.GetFullPath("nowhere.json"), Assert.Single(reading.Problems).What.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{ "most": 60, "of": "requests", "per": "minute" }, { "most": 100000, "per": "day" }]""", null)]
    [InlineData("""[{ "most": 5, "of": "parts", "per": "second" }]""", "write it once")] // what 'rate' says
    [InlineData("""[{ "most": 5, "per": "day" }, { "most": 6, "of": "parts", "per": "day" }]""", "keep one")]
    [InlineData("""[{ "most": 0, "per": "day" }]""", "Expected 1 to")]
    [InlineData("""[{ "most": 5 }]""", "'per' is missing")]
    [InlineData("""[{ "most": 5, "per": "hour" }]""", "second, minute, day")]
    public void Further_limits_are_read_and_checked(string limits, string? problem)
    {
        var file = Path.Combine(_folder, "smscampaign.json");
        File.WriteAllText(file, $$"""{ "lanes": { "a": { {{Lane}}, "limits": {{limits}} } } }""");

        var reading = Installation.Read(file, NoEnvironment);

        if (problem is null)
            Assert.Equal(
                ["10 parts/second", "60 requests/minute", "100000 parts/day"],
                reading.Installation!.Lanes[0].Options.AllLimits.Select(limit => limit.ToText()));
        else
            Assert.Contains(problem, Assert.Single(reading.Problems).What.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_zone_that_the_machine_does_not_know_is_a_problem()
    {
        var file = Path.Combine(_folder, "smscampaign.json");
        File.WriteAllText(file, $$"""{ "lanes": { "a": { {{Lane}}, "timeZone": "Asia/Saigoon" } } }""");

        Assert.Contains(
            "knows no time zone",
            Assert.Single(Installation.Read(file, NoEnvironment).Problems).What.En,
            StringComparison.Ordinal);
    }

    /// <summary>What is too long to hold is taken for out of range: there must be one.</summary>
    [Fact]
    public void Every_whole_number_has_a_range()
    {
        var numbers = typeof(LaneOptions).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Append(typeof(LaneLimit))
            .SelectMany(SettingsBinder.PropertiesOf)
            .Where(property => property.PropertyType == typeof(int) || property.PropertyType == typeof(int?))
            .ToList();

        Assert.Contains(numbers, property => property.Name == nameof(LaneOptions.Rate));
        Assert.All(
            numbers,
            property => Assert.True((int)property.GetCustomAttribute<RangeAttribute>()!.Maximum < int.MaxValue));
    }

    [Fact]
    public void A_path_is_relative_to_the_file()
    {
        var installation = Good(
            $$"""{ "numbers": { "ported": ["lists/ported.csv"] }, "lanes": { "a": { {{Lane}} } } }""");

        Assert.Equal(Path.Combine(_folder, "prefixes.csv"), installation.Numbers.Prefixes);
        Assert.Equal([Path.Combine(_folder, "lists", "ported.csv")], installation.Numbers.Ported);
    }

    [Theory]
    [InlineData("\"ratte\": 1", "lanes.a.ratte", "'rate'")] // two edits at most from a key that exists
    [InlineData("\"Rate\": 1", "lanes.a.Rate", "'rate'")] // keys are exact in the file
    [InlineData("\"answer\": { \"idd\": \"id\" }", "lanes.a.answer.idd", "'id'")] // also in a section of a lane
    [InlineData("\"quite else\": 1", "lanes.a.quite else", "no key 'quite else'. Remove it")]
    [InlineData("\"rate\": 0", "lanes.a.rate", "1 to 100000")]
    [InlineData(
        "\"rate\": 99999999999999999999999999999999",
        "lanes.a.rate",
        "1 to 100000, found 99999999999999999999999999999999")]
    [InlineData("\"rate\": -99999999999", "lanes.a.rate", "1 to 100000")]
    [InlineData("\"rate\": \"10\"", "lanes.a.rate", "whole number")]
    [InlineData("\"rate\": 1.5", "lanes.a.rate", "whole number")]
    [InlineData("\"standIn\": \"yes\"", "lanes.a.standIn", "true or false")]
    [InlineData("\"carriers\": []", "lanes.a.carriers", "empty")]
    [InlineData("\"carriers\": [1]", "lanes.a.carriers[0]", "text")]
    [InlineData("\"receiptTrust\": \"handest\"", "lanes.a.receiptTrust", "did you mean 'handset'")]
    [InlineData("\"receiptTrust\": 3", "lanes.a.receiptTrust", "one of")]
    [InlineData("\"answerTimeout\": 15", "lanes.a.answerTimeout", "duration")]
    [InlineData("\"answerTimeout\": \"00:02:01\"", "lanes.a.answerTimeout", "00:00:01 to 00:02:00")]
    [InlineData("\"url\": \"gateway\"", "lanes.a.url", "full address")]
    [InlineData("\"url\": \"http://gateway.example/\"", "lanes.a.url", "https")]
    [InlineData(
        "\"callback\": { \"secret\": \"0123456789abcdef\" }", "lanes.a.callback.secret", "may not stand in this file")]
    [InlineData("\"callback\": { \"user\": \"viettel\" }", "lanes.a.callback.user", "go together")]
    [InlineData(
        "\"callback\": { \"from\": [\"10.0.0.0/8\", \"here\"] }", "lanes.a.callback.from[1]", "neither an IP address")]
    [InlineData("\"url\": \"ftp://gateway.example/\"", "lanes.a.url", "https://")]
    [InlineData("\"allowPlainHttp\": \"yes\"", "lanes.a.allowPlainHttp", "Write the reason")]
    [InlineData("\"allowPlainHttp\": \"a leased line to the carrier\"", "lanes.a.allowPlainHttp", "take the key out")]
    [InlineData("\"url\": \"https://user:pass@gateway.example/\"", "lanes.a.url", "No name and password")]
    [InlineData("\"method\": \"DELETE\"", "lanes.a.method", "POST|PUT|GET")]
    [InlineData("\"headers\": { \"X y\": \"1\" }", "lanes.a.headers.X y", "HTTP header")]
    [InlineData("\"headers\": { \"Key\": \"${env:ABSENT_KEY}\" }", "lanes.a.headers.Key", "ABSENT_KEY is not set")]
    [InlineData("\"body\": { \"x\": \"{txt}\" }", "lanes.a.body", "did you mean {text}")]
    [InlineData("\"body\": { \"x\": \"{text}\" }", "lanes.a.body", "must hold {to} and {text}")]
    [InlineData(
        "\"body\": { \"t\": \"{to}\", \"x\": \"{text}\" }, \"repeatsDropped\": true",
        "lanes.a.body",
        "'repeatsDropped' needs it")]
    [InlineData(
        $"\"body\": {{ \"t\": \"{{to}}\", \"x\": \"{{text}}\" }}, \"inquiry\": {{ \"url\": "
            + $"\"https://g.example/{{reference}}\", {Status} }}",
        "lanes.a.body",
        "'inquiry' needs it")]
    [InlineData(
        "\"body\": { \"t\": \"{to}\", \"x\": \"{text}\" }, \"receipts\": { \"reference\": \"r\", \"status\": "
            + "\"s\", \"statuses\": { \"1\": \"sent\" } }",
        "lanes.a.body",
        "'receipts.reference' needs it")]
    [InlineData("\"body\": { \"x\": \"{text} {parts:number}\" }", "lanes.a.body", "must stand alone")]
    [InlineData("\"item\": \"{to}\"", "lanes.a.item", "go together")]
    [InlineData("\"mostPerCall\": 2", "lanes.a.mostPerCall", "only with item")]
    [InlineData("\"answer\": {}", "lanes.a.answer", "'id' or 'code'")]
    [InlineData("\"answer\": { \"id\": \"a[x]\" }", "lanes.a.answer.id", "no JSON path")]
    [InlineData(
        "\"answer\": { \"code\": \"c\", \"accepted\": [\"1\"], \"closed\": [\"1\"] }",
        "lanes.a.answer.closed",
        "more than one table: accepted, closed")]
    [InlineData(
        "\"answer\": { \"code\": \"c\", \"accepted\": [\"1\", \"1\"] }", "lanes.a.answer.accepted", "written twice")]
    [InlineData(
        "\"answer\": { \"id\": \"id\", \"statuses\": { \"200\": \"closed\" } }",
        "lanes.a.answer.statuses.200",
        "300 to 599")]
    [InlineData("\"receipts\": { \"id\": \"id\" }", "lanes.a.receipts.status", "missing")]
    [InlineData(
        "\"receipts\": { \"id\": \"id\", \"idForm\": \"hex\", \"status\": \"s\", \"statuses\": { \"1\": \"sent\" } }",
        "lanes.a.receipts.idForm",
        "both be numbers")]
    [InlineData(
        "\"receipts\": { \"id\": \"id\", \"idForm\": \"ignoreCase\", \"status\": "
            + "\"s\", \"statuses\": { \"1\": \"sent\" } }",
        "lanes.a.receipts.idForm",
        "the same")]
    [InlineData(
        "\"receipts\": { \"id\": \"id\", \"parts\": \"n\", \"status\": \"s\", \"statuses\": { \"1\": \"sent\" } }",
        "lanes.a.receipts.parts",
        "'part' beside it")]
    [InlineData(
        "\"receipts\": { \"id\": \"id\", \"part\": \"a[x]\", \"status\": \"s\", \"statuses\": { \"1\": \"sent\" } }",
        "lanes.a.receipts.part",
        "no JSON path")]
    [InlineData(
        "\"answer\": { \"ids\": \"ids\" }, \"receipts\": { \"reference\": \"r\", \"status\": "
            + "\"s\", \"statuses\": { \"1\": \"sent\" } }",
        "lanes.a.answer.ids",
        "receipts.id or receipts.part")]
    [InlineData(
        "\"receipts\": { \"status\": \"s\", \"statuses\": { \"1\": \"sent\" } }",
        "lanes.a.receipts",
        "'reference' or 'id'")]
    [InlineData("\"inquiry\": { \"url\": \"https://g.example/{reference}\" }", "lanes.a.inquiry.status", "missing")]
    [InlineData(
        $"\"inquiry\": {{ \"url\": \"http://g.example/{{reference}}\", {Status} }}", "lanes.a.inquiry.url", "https")]
    [InlineData(
        $"\"inquiry\": {{ \"url\": \"https://u:p@g.example/{{reference}}\", {Status} }}",
        "lanes.a.inquiry.url",
        "No name and password")]
    [InlineData(
        $"\"inquiry\": {{ \"url\": \"https://g.example/\", {Status} }}", "lanes.a.inquiry", "{reference} or {id}")]
    [InlineData(
        $"\"inquiry\": {{ \"url\": \"https://g.example/{{to}}\", {Status} }}", "lanes.a.inquiry.url", "takes only")]
    [InlineData(
        $"\"inquiry\": {{ \"url\": \"https://g.example/{{ref}}\", {Status} }}",
        "lanes.a.inquiry.url",
        "no placeholder {ref}")]
    [InlineData(
        $"\"inquiry\": {{ \"url\": \"https://g.example/{{reference}}\", \"headers\": {{ \"X y\": \"1\" }}, {Status} }}",
        "lanes.a.inquiry.headers.X y",
        "HTTP header")]
    [InlineData(
        $"\"inquiry\": {{ \"url\": \"https://g.example/\", \"body\": {{ \"r\": \"{{reference}}\" }}, {Status} }}",
        "lanes.a.inquiry.method",
        "GET does not go with body")]
    [InlineData(
        $"\"inquiry\": {{ \"url\": \"https://g.example/\", \"item\": \"{{reference}}\", {Status} }}",
        "lanes.a.inquiry.item",
        "go together")]
    [InlineData(
        $"\"inquiry\": {{ \"url\": \"https://g.example/{{reference}}\", \"mostPerQuery\": 2, {Status} }}",
        "lanes.a.inquiry.mostPerQuery",
        "only with item")]
    [InlineData(
        $"\"inquiry\": {{ \"url\": \"https://g.example/{{reference}}\", \"absentStatuses\": [\"200\"], {Status} }}",
        "lanes.a.inquiry.absentStatuses",
        "400 to 499")]
    [InlineData(
        $"\"inquiry\": {{ \"url\": \"https://g.example/{{reference}}\", {Status} }}",
        "lanes.a.inquiry",
        "receiptTrust is none")] // nobody would believe it
    [InlineData(
        $"\"inquiry\": {{ \"url\": \"https://g.example/{{reference}}\", \"askAfter\": \"1.00:00:00\", {Status} }}, "
            + $"\"receiptTimeout\": \"24:00:00\"",
        "lanes.a.inquiry.askAfter",
        "never asked")]
    [InlineData(
        $"\"inquiry\": {{ \"url\": \"https://g.example/{{reference}}\", \"absentMeansNotTaken\": true, {Status} }}",
        "lanes.a.inquiry.absentMeansNotTaken",
        "must be given")]
    [InlineData(
        $"\"inquiry\": {{ \"url\": \"https://g.example/{{id}}\", \"absentMeansNotTaken\": "
            + $"true, \"leavesOutAbsent\": true, {Status} }}",
        "lanes.a.inquiry.absentMeansNotTaken",
        "asked by {reference}")]
    [InlineData(
        "\"body\": { \"r\": \"{reference}\", \"t\": \"{to}\", \"x\": \"{text}\", \"i\": \"{id}\" }",
        "lanes.a.body",
        "Only inquiry can use {id}")]
    public void A_setting_that_is_wrong_is_named(string setting, string key, string expected)
    {
        // The setting replaces the good one of the same name.
        var name = setting[..(setting.IndexOf(':', StringComparison.Ordinal) + 1)];
        var rest = Settings(Lane).Where(each => !each.StartsWith(name, StringComparison.Ordinal));

        var problems = Read($$"""{ "lanes": { "a": { {{string.Join(", ", rest.Append(setting))}} } } }""").Problems;

        Assert.Contains(problems, problem => problem.Where!.Key == key
            && problem.What.En.Contains(expected, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("\"accountSid\": \"0123\"", "accountSid", "AC[0-9a-fA-F]{32}")]
    [InlineData("\"authToken\": \"0123456789abcdef\"", "authToken", "may not stand in this file")]
    [InlineData("\"url\": \"http://api.twilio.com/\"", "url", "https")]
    [InlineData("\"mostPerCall\": 2", "mostPerCall", "one message a call")]
    [InlineData("\"apiKey\": \"SK0123456789abcdef0123456789abcdef\"", "apiKey", "go together")]
    [InlineData("\"messagingServiceSid\": \"\"", "messagingServiceSid", "MG")]
    [InlineData("\"validityPeriod\": \"10:00:01\"", "validityPeriod", "00:00:01 to 10:00:00")]
    [InlineData("\"validityPeriod\": \"00:00:01.5\"", "validityPeriod", "whole seconds")]
    [InlineData("\"statusCallback\": \"http://sms.example/receipts/a\"", "statusCallback", "https")]
    [InlineData("\"statusCallback\": \"https://sms.example/receipts/a?x=1\"", "statusCallback", "without ?")]
    [InlineData("\"inquiry\": { \"absentMeansNotTaken\": true }", "inquiry.absentMeansNotTaken", "only by its own id")]
    [InlineData(
        "\"inquiry\": { \"askAfter\": \"1.00:00:00\" }, \"receiptTimeout\": \"24:00:00\"",
        "inquiry.askAfter",
        "never asked")]
    public void A_twilio_setting_that_is_wrong_is_named(string setting, string key, string expected)
    {
        string[] good =
        [
            "\"type\": \"twilio\"",
            "\"standIn\": false",
            "\"carriers\": [\"viettel\"]",
            "\"rate\": 10",
            "\"receiptTrust\": \"network\"",
            "\"pricePerPart\": 300",
            "\"accountSid\": \"AC0123456789abcdef0123456789abcdef\"",
            "\"authToken\": \"${env:TOKEN}\"",
        ];
        var lane = good.Where(each => each.Split(':')[0] != setting.Split(':')[0]).Append(setting);

        var problems =
            Read($$"""{ "lanes": { "a": { {{string.Join(", ", lane)}} } } }""", new() { ["TOKEN"] = "t0ken" }).Problems;

        var problem = Assert.Single(problems);
        Assert.Equal($"lanes.a.{key}", problem.Where!.Key);
        Assert.Contains(expected, problem.What.En, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("type")]
    [InlineData("standIn")]
    [InlineData("carriers")]
    [InlineData("rate")]
    [InlineData("receiptTrust")]
    [InlineData("pricePerPart")]
    [InlineData("url")]
    [InlineData("answer")]
    public void A_setting_that_is_required_is_missed(string key)
    {
        var rest = Settings(Lane).Where(each => !each.StartsWith($"\"{key}\"", StringComparison.Ordinal));

        var problem = Assert.Single(Read($$"""{ "lanes": { "a": { {{string.Join(", ", rest)}} } } }""").Problems);

        Assert.Equal($"lanes.a.{key}", problem.Where!.Key);
        Assert.Contains("missing", problem.What.En, StringComparison.Ordinal);
    }

    /// <summary>The officer reads what a key is for, in Vietnamese.</summary>
    [Theory]
    [InlineData(
        "\"rate\": 10, ",
        "",
        "Thiếu khóa 'rate'. Hãy thêm khóa này: cần một số nguyên như 32, từ 1 đến 100000. Ý nghĩa của khóa: "
            + "Số lượng nhiều nhất (theo rateUnit) trong một giây bất kỳ mà hợp đồng cho phép.")]
    [InlineData(
        "\"rate\": 10, ",
        "\"rate\": 0, ",
        "Cần từ 1 đến 100000, nhưng đang là 0. Ý nghĩa của khóa: "
            + "Số lượng nhiều nhất (theo rateUnit) trong một giây bất kỳ mà hợp đồng cho phép.")]
    [InlineData(
        "\"type\": \"http\", ",
        "",
        "Thiếu khóa 'type'. Hãy thêm khóa này: cần một trong: http, viettel, vnpt, mobifone, esms, speedsms, vmg, "
            + "twilio. Ý nghĩa của khóa: Loại cổng nhắn tin.")]
    public void What_a_key_means_is_told_with_what_is_wrong_with_it(string written, string instead, string told)
    {
        var lane = Lane.Replace(written, instead, StringComparison.Ordinal);

        var problem = Assert.Single(Read($$"""{ "lanes": { "a": { {{lane}} } } }""").Problems);

        Assert.Equal(told, problem.What.Vi);
    }

    [Fact]
    public void Lanes_under_a_misspelt_key_are_looked_at_too()
    {
        var lane = Lane.Replace("\"rate\": 10", "\"rate\": 0", StringComparison.Ordinal);

        var problems = Read($$"""{ "lane": { "a": { {{lane}} } } }""").Problems;

        Assert.Equal(["lane", "lane.a.rate"], problems.Select(problem => problem.Where!.Key));
    }

    [Fact]
    public void All_problems_are_listed_at_once_with_their_places()
    {
        var problems = Read("""
            {
              // a comment counts as a line
              "recepits": {},
              "lanes": {
                "Viettel-1": { "type": "htpp" },
                "b": { "type": "http", "rate": -1, "rate": 2, },
              },
            }
            """).Problems
            .Select(problem => problem.In(Language.English).Replace(_folder, "", StringComparison.Ordinal))
            .ToList();

        Assert.Contains(problems, line =>
            line.StartsWith("/smscampaign.json:3:3 [recepits]: error: There is no key", StringComparison.Ordinal));
        Assert.Contains(
            problems, line => line.StartsWith("/smscampaign.json:5:5 [lanes.Viettel-1]", StringComparison.Ordinal));
        Assert.Contains(problems, line => line.Contains("did you mean 'http'", StringComparison.Ordinal));
        Assert.Contains(problems, line => line.StartsWith(
            "/smscampaign.json:6:40 [lanes.b.rate]: error: The key 'rate' already", StringComparison.Ordinal));
        Assert.Contains(
            problems,
            line => line.Contains("[lanes.b.rate]: error: Expected 1 to 100000, found -1.", StringComparison.Ordinal));
        Assert.Contains(problems, line => line.Contains("[lanes.b.standIn]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ \"lanes\": { \"ă\": ] } }", 1, 19)] // columns are characters, not bytes
    [InlineData("{\n  \"lanes\" {}\n}", 2, 11)]
    [InlineData("", 1, 1)]
    [InlineData("{} {}", 1, 4)]
    public void A_fault_of_syntax_is_shown_where_it_is(string text, int line, int column)
    {
        var problem = Assert.Single(Read(text).Problems);

        Assert.Equal((line, column), (problem.Where!.Line, problem.Where.Column));
    }

    [Fact]
    public void A_file_in_another_encoding_is_refused()
    {
        var path = Path.Combine(_folder, "smscampaign.json");
        File.WriteAllText(path, "{}", System.Text.Encoding.Unicode);

        Assert.Contains(
            "UTF-8", Assert.Single(Installation.Read(path, NoEnvironment).Problems).What.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_problem() =>
        Assert.Contains(
            "does not exist",
            Assert.Single(Installation.Read(Path.Combine(_folder, "none.json"), NoEnvironment).Problems).What.En,
            StringComparison.Ordinal);

    [Fact]
    public void A_file_without_lanes_is_a_problem()
    {
        Assert.Equal("lanes", Assert.Single(Read("{}").Problems).Where!.Key);
        Assert.Equal("lanes", Assert.Single(Read("""{ "lanes": {} }""").Problems).Where!.Key);
    }

    [Theory]
    [InlineData("http://10.10.0.5:8009/bulkapi", "https://gateway.example/{reference}")]
    [InlineData("https://gateway.example/", "http://10.10.0.5:8009/{reference}")]
    public void Plain_http_is_taken_where_the_file_says_why(string url, string inquiry)
    {
        var lane = Lane.Replace("https://gateway.example/", url, StringComparison.Ordinal).Replace(
            "\"none\"", "\"handset\"", StringComparison.Ordinal);

        var installation = Good($$"""
            { "lanes": { "a": { {{lane}}, "allowPlainHttp": "a leased line to the carrier", "inquiry": { "url": "{{inquiry}}", {{Status}} } } } }
            """);

        Assert.Equal("a leased line to the carrier", installation.Lanes[0].Options.AllowPlainHttp);
    }

    [Fact]
    public void A_carrier_of_two_lanes_is_warned_of()
    {
        var reading = Read($$"""{ "lanes": { "first": { {{Lane}} }, "second": { {{Lane}} } } }""");

        var warning = Assert.Single(reading.Problems);
        Assert.Equal((Severity.Warning, "lanes.second"), (warning.Severity, warning.Where!.Key));
        Assert.Contains("'first'", warning.What.En, StringComparison.Ordinal);
    }
}
