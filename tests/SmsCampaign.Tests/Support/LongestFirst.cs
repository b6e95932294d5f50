using System.Reflection;
using SmsCampaign.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace SmsCampaign.Tests.Support;

/// <summary>
/// Begins with the classes that have the most slow tests: those of a class run one after the other, and what is begun
/// last is waited for with nothing beside it. All others follow in an order of chance.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <summary>Before and behind the class's name in what xunit calls a collection that is a class.</summary>
    const string Before = "Test collection for ";
    const string Behind = " (id: ";

    static readonly Dictionary<string, int> SlowTests = Assembly.GetExecutingAssembly().GetTypes()
        .Select(type => (Name: type.FullName!, Count: CountSlow(type)))
        .Where(each => each.Count > 0)
        .ToDictionary(each => each.Name, each => each.Count);

    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections)
        where T : ITestCollection =>
        [.. testCollections
            .OrderByDescending(collection => WeightOf(collection.TestCollectionDisplayName))
            .ThenBy(_ => Random.Shared.Next())];

    /// <returns>How many slow tests the class has that a collection is named for; 0 where it is none.</returns>
    internal static int WeightOf(string collection) =>
        collection.StartsWith(Before, StringComparison.Ordinal)
        && collection.IndexOf(Behind, StringComparison.Ordinal) is > 0 and var end
            ? SlowTests.GetValueOrDefault(collection[Before.Length..end])
            : 0;

    static int CountSlow(Type type) => type.GetMethods()
        .Where(method => method.IsDefined(typeof(FactAttribute)) && (IsSlow(type) || IsSlow(method)))
        .Sum(method => Math.Max(1, method.GetCustomAttributes<InlineDataAttribute>().Count()));

    static bool IsSlow(MemberInfo member) => member.GetCustomAttributes<TraitAttribute>()
        .Any(trait => (trait.Name, trait.Value) == ("Category", "Slow"));
}
