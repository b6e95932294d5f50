using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Messages;

/// <summary>The prefix table that is shipped, and a reader on it.</summary>
static class Numbering
{
    public static PrefixTable Prefixes { get; } = Load();

    public static NumberReader Reader { get; } = new(Prefixes);

    static PrefixTable Load()
    {
        var problems = new List<Problem>();
        var table = PrefixTable.Load(Repository.PathOf("config/prefixes.csv"), problems);

        Assert.Empty(problems);
        return table;
    }
}
