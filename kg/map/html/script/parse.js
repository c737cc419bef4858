// Parsing of address values: strict, because an address may come from anyone; undefined means invalid.
const single = (values, read) => (values.length === 1 ? read(values[0]) : undefined);
const oneOf = (known) => (value) => (known.includes(value) ? value : undefined);
const integer = (low, high) => (value) => (/^\d{1,6}$/.test(value) && value >= low && value <= high ? Number(value) : undefined);
const every = (read) => (values) => (values.every((value) => read(value) !== undefined) ? values.map(read) : undefined);
const decimal = (value) => (/^-?\d{1,7}(\.\d{1,4})?$/.test(value) ? Number(value) : undefined);

