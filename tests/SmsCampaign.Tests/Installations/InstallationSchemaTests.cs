using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using SmsCampaign.Files.Binding;
using SmsCampaign.Installations;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Installations;

public class InstallationSchemaTests
{
    const string Path = "config/schema/smscampaign.schema.json";

    /// <summary>The schema is written from the keys that the settings classes declare. To bring it up to date, run the
    /// tests with UPDATE_SCHEMA=1 and commit the file.</summary>
    [Fact]
    public void The_schema_is_that_of_the_settings_classes() => WrittenFile.Hold(
        Path,
        KeySchema.Write(SettingKey.Of(typeof(InstallationSettings)), "SmsCampaign installation file"),
        "UPDATE_SCHEMA",
        nameof(InstallationSchemaTests));

    [Fact]
    public async Task The_file_shipped_fits_the_schema()
    {
        var schema = await JsonSchema.FromFileAsync(Repository.PathOf(Path));

        Assert.Empty(schema.Validate(Shipped().ToJsonString()));
    }

    [Theory]
    [InlineData("/receipts", "lisen")]
    [InlineData("/lanes/viettel", "ratte")]
    [InlineData("/lanes/viettel/answer", "accpted")]
    public async Task The_schema_finds_a_key_that_does_not_exist(string section, string key)
    {
        var schema = await JsonSchema.FromFileAsync(Repository.PathOf(Path));
        var file = Shipped();
        JsonNode at = file;
        foreach (var name in section.Split('/', StringSplitOptions.RemoveEmptyEntries))
            at = at[name]!;

        at[key] = 1;

        Assert.NotEmpty(schema.Validate(file.ToJsonString()));
    }

    [Theory]
    [InlineData("rate", "0")]
    [InlineData("rate", "\"500\"")]
    [InlineData("receiptTrust", "\"handest\"")]
    [InlineData("receiptTimeout", "\"72h\"")]
    [InlineData("carriers", "[]")]
    [InlineData("standIn", null)]
    [InlineData("url", null)]
    public async Task The_schema_finds_a_setting_that_is_wrong_or_missing(string key, string? value)
    {
        var schema = await JsonSchema.FromFileAsync(Repository.PathOf(Path));
        var file = Shipped();
        var lane = file["lanes"]!["viettel"]!.AsObject();
        if (value is null)
            lane.Remove(key);
        else
            lane[key] = JsonNode.Parse(value);

        Assert.NotEmpty(schema.Validate(file.ToJsonString()));
    }

    static JsonObject Shipped() => JsonNode.Parse(
        File.ReadAllText(Repository.PathOf("config/smscampaign.json")),
        documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!.AsObject();
}
