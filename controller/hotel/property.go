package hotel

import "time"

// EditProperty changes the hotel's settings. On an empty hotel it sets it up.
func EditProperty(edit func(*Property)) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		p := d.data.Property.clone()
		edit(&p)
		return decide(Changes{Property: &p}, "settings of %s changed", p.Name)
	}
}

// AddFloor adds a floor.
func AddFloor(f Floor) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		if _, exists := d.Floor(f.Name); exists {
			return Decision{}, taken(NounFloor, f.Name)
		}
		return decide(Changes{Floors: put(f)}, "floor %s added", f.Name)
	}
}

// EditFloor changes a floor.
func EditFloor(name string, edit func(*Floor)) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		f, ok := d.Floor(name)
		if !ok {
			return Decision{}, missing(NounFloor, name)
		}
		if edit(&f); f.Name != name {
			return Decision{}, renamed(NounFloor, name)
		}
		return decide(Changes{Floors: put(f)}, "floor %s changed", name)
	}
}

// DropFloor removes a floor without rooms.
func DropFloor(name string) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		if _, ok := d.Floor(name); !ok {
			return Decision{}, missing(NounFloor, name)
		}
		return removal(d, Changes{Floors: drop[Floor](name)}, NounFloor, name)
	}
}

// AddClass adds a class of service.
func AddClass(c ClassOfService) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		if _, exists := d.Class(c.Name); exists {
			return Decision{}, taken(NounClass, c.Name)
		}
		return decide(Changes{Classes: put(c)}, "class of service %s added", c.Name)
	}
}

// EditClass changes a class of service.
func EditClass(name string, edit func(*ClassOfService)) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		c, ok := d.Class(name)
		if !ok {
			return Decision{}, missing(NounClass, name)
		}
		c = c.clone()
		if edit(&c); c.Name != name {
			return Decision{}, renamed(NounClass, name)
		}
		return decide(Changes{Classes: put(c)}, "class of service %s changed", name)
	}
}

// DropClass removes a class of service that nothing uses.
func DropClass(name string) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		if _, ok := d.Class(name); !ok {
			return Decision{}, missing(NounClass, name)
		}
		return removal(d, Changes{Classes: drop[ClassOfService](name)}, NounClass, name)
	}
}
