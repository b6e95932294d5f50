using System.Reflection;

namespace SmsCampaign;

/// <summary>Which version of the program this process runs.</summary>
public static class ProgramVersion
{
    /// <summary>As <c>--version</c> says it.</summary>
    public static string Current { get; } = typeof(ProgramVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "";
}
