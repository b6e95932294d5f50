using System.Collections;
using System.Reflection;
using SmsCampaign.Campaigns;

namespace SmsCampaign.Tests.Campaigns;

/// <summary>Gives a property of a campaign another value, so that a key of a simple kind needs no
/// change written for it.</summary>
static class SimpleChange
{
    /// <param name="property">As Limits.Messages.</param>
    public static bool IsKnown(string property) =>
        Find(property) is { } found && NewValue(found.PropertyType, null) is not null;

    public static Campaign Of(Campaign campaign, string property)
    {
        var found = Find(property)!;
        if (found.DeclaringType == typeof(Campaign))
            return (Campaign)With(campaign, found);

        var part = typeof(Campaign).GetProperties().First(
            part => part.PropertyType == found.DeclaringType || Item(part) == found.DeclaringType);
        var changed = Item(part) is null
            ? With(part.GetValue(campaign)!, found)
            : ListOf(With(((IEnumerable)part.GetValue(campaign)!).Cast<object>().First(), found));
        return (Campaign)With(campaign, part, changed);
    }

    static PropertyInfo? Find(string property)
    {
        var (type, name) = (property.Split('.')[0], property.Split('.')[1]);
        return typeof(Campaign).GetProperties()
            .SelectMany(part => new[] { part.PropertyType, Item(part) })
            .Append(typeof(Campaign))
            .FirstOrDefault(part => part?.Name == type)?.GetProperty(name);
    }

    static Type? Item(PropertyInfo part) =>
        part.PropertyType is { IsGenericType: true } list ? list.GenericTypeArguments[0] : null;

    static object With(object owner, PropertyInfo property, object? value = null)
    {
        var copy = owner.GetType().GetMethod("<Clone>$")!.Invoke(owner, null)!;
        property.SetValue(copy, value ?? NewValue(property.PropertyType, property.GetValue(owner)));
        return copy;
    }

    static Array ListOf(object item)
    {
        var list = Array.CreateInstance(item.GetType(), 1);
        list.SetValue(item, 0);
        return list;
    }

    /// <returns>Null where the kind is not simple.</returns>
    static object? NewValue(Type type, object? before) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var text when text == typeof(string) => before + "x",
        var number when number == typeof(int) => (int)(before ?? 0) + 1,
        var number when number == typeof(long) => (long)(before ?? 0L) + 1,
        var flag when flag == typeof(bool) => !(bool)(before ?? false),
        { IsEnum: true } choice => Enum.GetValues(choice).Cast<object>().First(each => !each.Equals(before)),
        _ => null,
    };
}
