namespace SmsCampaign.Tests.Support;

/// <summary>Files of the repository that the program ships with, for tests that hold them to the code.</summary>
static class Repository
{
    static readonly string Root = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SmsCampaign.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("no SmsCampaign.sln above the tests");
    }
}
