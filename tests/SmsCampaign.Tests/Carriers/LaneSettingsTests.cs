using System.Collections;
using System.Reflection;
using System.Text.Json;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Files.Binding;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers;

public sealed class LaneSettingsTests : IDisposable
{
    readonly TempFolder _folder = new();

    public static TheoryData<string> Types => [.. CarrierTypes.All.Select(type => type.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_option_of_every_lane_type_is_bound(string type)
    {
        var kind = CarrierTypes.Find(type)!.Options;
        var flipped = 0;

        foreach (var path in PathsOf(kind))
        {
            var lane = (LaneOptions)Activator.CreateInstance(kind)!;
            var owner = Walk(lane, path.SkipLast(1));
            var before = LaneSettings.ToJson(lane);
            path[^1].SetValue(owner, Other(path[^1].PropertyType, path[^1].GetValue(owner)));

            Assert.True(
                before != LaneSettings.ToJson(lane),
                $"{type}: {string.Join('.', path.Select(property => property.Name))} is not bound");
            flipped++;
        }

        Assert.True(flipped > 20);
    }

    [Fact]
    public void An_item_of_a_list_and_an_entry_of_a_table_are_bound_in_all_they_say()
    {
        var lane = new HttpLaneOptions
        {
            Limits = [new LaneLimit { Most = 10 }],
            Headers = { ["a.b"] = "c" },
            Answer = new HttpAnswerOptions { Refused = { ["12"] = FailureClass.Number } },
        };
        var before = LaneSettings.ToJson(lane);

        lane.Answer.Refused["12"] = FailureClass.Content;
        var refused = LaneSettings.ToJson(lane);
        lane.Headers.Clear();
        lane.Headers["a"] = "b.c";
        var headers = LaneSettings.ToJson(lane);

        Assert.Equal(3, new[] { before, refused, headers }.Distinct().Count());
    }

    [Fact]
    public void A_secret_is_bound_by_its_name_and_not_by_its_value()
    {
        var first = Read("${env:ONE}", new() { ["ONE"] = "s3cret-a", ["TWO"] = "s3cret-a" });
        var rotated = Read("${env:ONE}", new() { ["ONE"] = "s3cret-b", ["TWO"] = "s3cret-a" });
        var elsewhere = Read("${env:TWO}", new() { ["ONE"] = "s3cret-a", ["TWO"] = "s3cret-a" });

        Assert.Equal(first, rotated);
        Assert.NotEqual(first, elsewhere);
        Assert.DoesNotContain("s3cret", first + rotated + elsewhere, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_environment_replaces_is_bound_without_being_shown()
    {
        var plain = Read("${env:ONE}", new() { ["ONE"] = "s" });
        var rate = Read("${env:ONE}", new() { ["ONE"] = "s", ["SmsCampaign__lanes__a__rate"] = "11" });
        var address = Read(
            "${env:ONE}", new() { ["ONE"] = "s", ["SmsCampaign__lanes__a__url"] = "https://elsewhere.example/x" });
        var header = Read(
            "${env:ONE}", new() { ["ONE"] = "s", ["SmsCampaign__lanes__a__headers__Authorization"] = "Bearer hidden" });

        Assert.Equal(4, new[] { plain, rate, address, header }.Distinct().Count());
        Assert.Contains("https://elsewhere.example", address, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", header, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_is_never_hidden_behind_a_reference()
    {
        var here = Read("${env:ONE}", new() { ["ONE"] = "s", ["HOST"] = "gateway.example" }, "https://${env:HOST}/x");
        var elsewhere = Read(
            "${env:ONE}", new() { ["ONE"] = "s", ["HOST"] = "elsewhere.example" }, "https://${env:HOST}/x");

        Assert.NotEqual(here, elsewhere);
    }

    [Theory]
    [InlineData("Mua ngay! {text}")]
    [InlineData("{text} Q.C.")]
    [InlineData("{text}{text}")]
    [InlineData("{{{text}}}")]
    public void Words_around_the_text_are_refused_wherever_they_stand(string template)
    {
        var escaped = JsonSerializer.Serialize(template);

        foreach (var (own, key) in new[]
        {
            ($$"""{ "to": "{to}", "text": {{escaped}} }""", "body"),
            ($$"""{ "to": "{to}", "deep": [{ "text": {{escaped}} }] }""", "body"),
        })
        {
            var (found, what) = LaneSection.FaultOf("http", Required, $"\"body\": {own}");
            Assert.Equal(key, found);
            Assert.Contains("must stand alone", what, StringComparison.Ordinal);
        }

        var (form, _) = LaneSection.FaultOf("http", Required, $$"""  "form": { "to": "{to}", "text": {{escaped}} } """);
        var (query, _) = LaneSection.FaultOf(
            "http", Required, $$"""  "query": { "to": "{to}", "text": {{escaped}} } """);
        Assert.Equal(("form.text", "query.text"), (form, query));
    }

    const string Required =
        """ "url": "https://gateway.example/x", "answer": { "code": "code", "accepted": ["ok"] } """;

    string Read(string secret, Dictionary<string, string> environment, string url = "https://gateway.example/x")
    {
        var path = _folder.Write("smscampaign.json", $$"""
            { "lanes": { "a": {
              "type": "http", "standIn": false, "carriers": ["viettel"], "rate": 10, "receiptTrust": "none", "pricePerPart": 300,
              "url": "{{url}}", "headers": { "Authorization": "Bearer {{secret}}" }, "callback": { "secret": "${env:CALLBACK}" },
              "body": { "to": "{to}", "text": "{text}" }, "answer": { "code": "code", "accepted": ["ok"] }
            } } }
            """);
        environment["CALLBACK"] = "s3cret-0123456789-" + secret.Length;
        var reading = Installation.Read(path, environment);
        Assert.Empty(reading.Problems);
        return LaneSettings.ToJson(reading.Installation!.Lanes[0].Options);
    }

    /// <summary>Every option of a type and of the sections within it; of a section itself, that it is there.</summary>
    static IEnumerable<PropertyInfo[]> PathsOf(Type type)
    {
        foreach (var property in SettingsBinder.PropertiesOf(type))
        {
            yield return [property];
            if (IsSection(property.PropertyType))
            {
                foreach (var inner in PathsOf(property.PropertyType))
                    yield return [property, .. inner];
            }
        }
    }

    static object Walk(object owner, IEnumerable<PropertyInfo> path)
    {
        foreach (var property in path)
        {
            if (property.GetValue(owner) is null)
                property.SetValue(owner, Activator.CreateInstance(property.PropertyType));
            owner = property.GetValue(owner)!;
        }

        return owner;
    }

    static bool IsSection(Type type) =>
        type.IsClass && type != typeof(string) && type != typeof(Uri) && !type.IsAssignableTo(typeof(IEnumerable));

    static object Other(Type type, object? now)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return target switch
        {
            _ when target == typeof(string) => now + "x",
            _ when target == typeof(Uri) => new Uri("https://other.example/x"),
            _ when target == typeof(int) => ((int?)now ?? 0) + 1,
            _ when target == typeof(decimal) => ((decimal?)now ?? 0) + 1,
            _ when target == typeof(bool) => !((bool?)now ?? false),
            _ when target == typeof(TimeSpan) => ((TimeSpan?)now ?? TimeSpan.Zero) + TimeSpan.FromSeconds(1),
            _ when target == typeof(JsonElement) => JsonSerializer.SerializeToElement("other"),
            { IsEnum: true } => Enum.GetValues(target).Cast<object>().First(value => !value.Equals(now)),
            { IsGenericType: true } when target.GetGenericTypeDefinition() == typeof(List<>) =>
                Add((IList)Activator.CreateInstance(target)!, target.GenericTypeArguments[0]),
            { IsGenericType: true } when target.GetGenericTypeDefinition() == typeof(Dictionary<,>) =>
                Put((IDictionary)Activator.CreateInstance(target)!, target.GenericTypeArguments[1]),
            _ => Filled(target),
        };
    }

    static IList Add(IList list, Type type)
    {
        list.Add(Other(type, null));
        return list;
    }

    static IDictionary Put(IDictionary table, Type type)
    {
        table["key"] = Other(type, null);
        return table;
    }

    static object Filled(Type type)
    {
        var section = Activator.CreateInstance(type)!;
        foreach (var property in SettingsBinder.PropertiesOf(type))
            property.SetValue(section, Other(property.PropertyType, property.GetValue(section)));
        return section;
    }
}
