using SmsCampaign.Directives;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Directives;

/// <summary>What is found in the orders: five real ones, and ten written after such.</summary>
public sealed class DirectiveReaderTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Orders() => [.. DirectiveCase.Real.Concat(DirectiveCase.Written)
        .Where(name => name != "hue-2024")];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Every_field_is_found_or_asked_for(string name)
    {
        var order = DirectiveCase.Of(name, _folder);
        var findings = DirectiveReader.Read(order.File).Findings!;

        Assert.Equal(
            order.Expected.Select(each => $"{each.Field}: {each.Value ?? (each.IsAsked ? "?" : "-")}"),
            order.Expected.Select(each => findings.Of(each.Field)).Select(
                found => $"{found.Field}: {found.Value ?? (found.Question is null ? "-" : "?")}"));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Every_value_shows_the_words_it_was_taken_from_and_where_they_stand(string name)
    {
        var findings = DirectiveReader.Read(DirectiveCase.Of(name, _folder).File).Findings!;

        Assert.All(findings.All.Where(finding => finding.Value is not null), finding =>
        {
            Assert.False(string.IsNullOrWhiteSpace(finding.Words), $"{finding.Field}");
            Assert.NotNull(finding.Place);
        });
    }
}
